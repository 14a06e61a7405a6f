//! A question to a service with its answer, so that an answer is used only for the question it belongs to.

/// A question that was sent, e.g. "which locations take data of westeurope?", and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry<Q, A> {
    /// The question.
    pub question: Q,
    /// The answer; `None` until it comes.
    pub answer: Option<A>,
}

impl<Q: PartialEq, A> Inquiry<Q, A> {
    /// A question without an answer yet.
    pub fn new(question: Q) -> Self {
        Self { question, answer: None }
    }

    /// The answer, if it belongs to this question.
    pub fn answer_to(&self, question: &Q) -> Option<&A> {
        self.answer.as_ref().filter(|_| self.question == *question)
    }
}
