//! The numeric runtime: graphs, and how they are run.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, ValueView};

use crate::{Bytes, ModelError};

/// A graph and the ids of its inputs and outputs.
pub(crate) struct Graph<const IN: usize, const OUT: usize> {
    pub(crate) model: Model,
    pub(crate) inputs: [NodeId; IN],
    outputs: [NodeId; OUT],
}

/// Loads a graph; its weights are made ready for the kernels.
pub(crate) fn open(
    file: &str,
    get: &mut dyn FnMut(&str) -> Result<Bytes, ModelError>,
) -> Result<Model, ModelError> {
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    let model = match get(file)? {
        Bytes::Static(bytes) => options.load_static_slice(bytes),
        Bytes::Owned(bytes) => options.load(bytes),
    };
    model.map_err(|error| ModelError::Unusable { file: file.to_owned(), why: error.to_string() })
}

impl<const IN: usize, const OUT: usize> Graph<IN, OUT> {
    pub(crate) fn new(
        model: Model,
        file: &str,
        inputs: [&str; IN],
        outputs: [&str; OUT],
    ) -> Result<Self, ModelError> {
        let unusable = |why: String| ModelError::Unusable { file: file.to_owned(), why };
        let node = |name: &str| model.node_id(name).map_err(|error| unusable(error.to_string()));
        let (inputs, outputs) = (all(inputs.map(node))?, all(outputs.map(node))?);
        Ok(Self { model, inputs, outputs })
    }

    pub(crate) fn run(&self, inputs: [ValueView; IN], options: &RunOptions) -> [rten::Value; OUT] {
        let inputs = self.inputs.into_iter().zip(inputs.into_iter().map(Into::into)).collect();
        // Shapes are ours and the graph was checked when it was loaded: a failure here is a bug.
        self.model
            .run_n(inputs, self.outputs, Some(options.clone()))
            .expect("the graph runs on its own shapes")
    }
}

fn all<const N: usize>(results: [Result<NodeId, ModelError>; N]) -> Result<[NodeId; N], ModelError> {
    let ids: Vec<NodeId> = results.into_iter().collect::<Result<_, _>>()?;
    Ok(ids.try_into().expect("as many as there were"))
}

/// One single-thread pool for each thread that reads: documents are the unit of parallel work, and a run that
/// spread over all cores would only make them wait for each other.
pub(crate) fn on_one_thread<R: Send>(work: impl FnOnce(&RunOptions) -> R + Send) -> R {
    thread_local! {
        static POOL: Arc<ThreadPool> = Arc::new(ThreadPool::with_num_threads(1));
    }
    let pool = POOL.with(Arc::clone);
    let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
    pool.run(|| work(&options))
}
