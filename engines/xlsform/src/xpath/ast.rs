//! The syntax tree of an expression.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Union,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Child,
    Descendant,
    DescendantOrSelf,
    Parent,
    Ancestor,
    AncestorOrSelf,
    FollowingSibling,
    PrecedingSibling,
    Following,
    Preceding,
    Attribute,
    Itself,
    Namespace,
}

impl Axis {
    /// Whether positions count backwards through the document.
    pub(crate) fn is_reverse(self) -> bool {
        matches!(
            self,
            Axis::Ancestor | Axis::AncestorOrSelf | Axis::Preceding | Axis::PrecedingSibling
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// `*` or `prefix:*`.
    Any {
        prefix: Option<String>,
    },
    Name {
        prefix: Option<String>,
        local: String,
    },
    Node,
    Text,
    Comment,
    Instruction(Option<String>),
}

#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) axis: Axis,
    pub(crate) test: Test,
    pub(crate) predicates: Vec<Node>,
}

/// Where a path begins.
#[derive(Debug, Clone)]
pub(crate) enum Start {
    /// `/…`
    Root,
    /// The context node.
    Here,
    /// An expression with predicates: `instance('x')[…]/…`
    Expression(Box<Node>, Vec<Node>),
}

#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// First operand, then operators with their operands, all of one precedence, left to right.
    Chain(Box<Node>, Vec<(Operator, Node)>),
    Negative(Box<Node>),
    Text(String),
    Number(f64),
    Path(Start, Vec<Step>),
    Call(String, Vec<Node>),
}
