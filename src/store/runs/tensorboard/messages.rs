//! Messages that are decoded whole: tensors, histograms, and what the plugin for hyperparameters keeps.
//!
//! Only the fields that are read have a place here; the numbers are those of `TensorFlow`'s `tensor.proto`,
//! `histogram.proto` and TensorBoard's `plugin_data.proto`.

use std::collections::BTreeMap;

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Tensor {
    #[prost(int32, tag = "1")]
    pub dtype: i32,
    #[prost(message, optional, tag = "2")]
    pub shape: Option<Shape>,
    #[prost(bytes = "vec", tag = "4")]
    pub content: Vec<u8>,
    #[prost(float, repeated, tag = "5")]
    pub floats: Vec<f32>,
    #[prost(double, repeated, tag = "6")]
    pub doubles: Vec<f64>,
    #[prost(int32, repeated, tag = "7")]
    pub ints: Vec<i32>,
    #[prost(int64, repeated, tag = "10")]
    pub longs: Vec<i64>,
    #[prost(bool, repeated, tag = "11")]
    pub flags: Vec<bool>,
    /// The bits of halves and of bfloat16.
    #[prost(int32, repeated, tag = "13")]
    pub halves: Vec<i32>,
    #[prost(uint32, repeated, tag = "16")]
    pub unsigned: Vec<u32>,
    #[prost(uint64, repeated, tag = "17")]
    pub unsigned_longs: Vec<u64>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Shape {
    #[prost(message, repeated, tag = "2")]
    pub dims: Vec<Dim>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Dim {
    #[prost(int64, tag = "1")]
    pub size: i64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Histogram {
    #[prost(double, tag = "1")]
    pub min: f64,
    #[prost(double, tag = "2")]
    pub max: f64,
    /// The upper limit of each bucket.
    #[prost(double, repeated, tag = "6")]
    pub limits: Vec<f64>,
    #[prost(double, repeated, tag = "7")]
    pub counts: Vec<f64>,
}

/// What the plugin for hyperparameters keeps beside a tag.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Session {
    #[prost(message, optional, tag = "3")]
    pub start: Option<SessionStart>,
    #[prost(message, optional, tag = "4")]
    pub end: Option<SessionEnd>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SessionStart {
    #[prost(btree_map = "string, message", tag = "1")]
    pub params: BTreeMap<String, Param>,
    #[prost(string, tag = "2")]
    pub model_uri: String,
    #[prost(string, tag = "3")]
    pub monitor_url: String,
    #[prost(string, tag = "4")]
    pub group_name: String,
    /// Seconds since 1970; 0 where nobody told.
    #[prost(double, tag = "5")]
    pub seconds: f64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SessionEnd {
    #[prost(int32, tag = "1")]
    pub status: i32,
    /// Seconds since 1970; 0 where nobody told.
    #[prost(double, tag = "2")]
    pub seconds: f64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Param {
    #[prost(oneof = "ParamKind", tags = "2, 3, 4")]
    pub kind: Option<ParamKind>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(super) enum ParamKind {
    #[prost(double, tag = "2")]
    Number(f64),
    #[prost(string, tag = "3")]
    Text(String),
    #[prost(bool, tag = "4")]
    Flag(bool),
}
