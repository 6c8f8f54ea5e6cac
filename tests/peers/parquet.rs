//! The Parquet file that `runs series` writes is what pyarrow and pandas read: every value, time, name and type.

use std::process::Command;

use rusqlite::Connection;
use serde_json::Value;

use crate::installed::installed;

const SCRIPT: &str = r#"
import json, sys
import pandas, pyarrow.parquet as parquet
file = parquet.ParquetFile(sys.argv[1])
schema = {field.name: str(field.type) for field in file.schema_arrow}
table = file.read()
def word(value):
    if isinstance(value, float):
        if value != value: return "NaN"
        if value in (float("inf"), float("-inf")): return "Infinity" if value > 0 else "-Infinity"
        return value.hex()
    return value
times = table.column("timestamp").cast("int64").to_pylist()
rows = list(zip(table.column("run").to_pylist(), table.column("metric").to_pylist(), table.column("step").to_pylist(), times,
                [word(value) for value in table.column("value").to_pylist()]))
frame = pandas.read_parquet(sys.argv[1])
assert len(frame) == len(rows)
assert [word(float(value)) for value in frame["value"]] == [row[4] for row in rows]
print(json.dumps({"schema": schema, "rows": rows}))
"#;

/// A double as Python writes it in `float.hex`, from Python itself.
fn hex(values: &[f64]) -> Vec<String> {
    let list: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    let script = format!("print('\\n'.join(value.hex() for value in [{}]))", list.join(","));
    let output = Command::new(installed("trackers/bin/python")).args(["-c", &script]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(ToOwned::to_owned).collect()
}

#[test]
fn pyarrow_and_pandas_read_every_point() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    let writer = Connection::open(&file).unwrap();
    let run: String = writer
        .query_row("SELECT run_uuid FROM runs WHERE lifecycle_stage = 'active' LIMIT 1", [], |row| row.get(0))
        .unwrap();
    let odd = "verlust/größe, \"損失\"";
    let sql =
        "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = [0.1 + 0.2, -0.0, 1e-310, 0.0, f64::MAX, f64::MIN];
    for (at, value) in values.iter().enumerate() {
        let step = at as i64 - 3;
        writer
            .execute(sql, (odd, value, 1_700_000_000_123 + step, &run, step * 1_000_000_000_000, at == 3))
            .unwrap();
    }
    let latest = "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?1, 0, 0, 0, 0, ?2)";
    writer.execute(latest, (odd, &run)).unwrap();
    drop(writer);
    let out = folder.path().join("points.parquet");
    let written = Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
        .args(["runs", "series"])
        .arg(&file)
        .args(["--all-runs", "--all-metrics", "--format", "parquet", "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let read =
        Command::new(installed("trackers/bin/python")).args(["-c", SCRIPT]).arg(&out).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let read: Value = serde_json::from_slice(&read.stdout).unwrap();
    let expected = serde_json::json!({"run": "string", "metric": "string", "step": "int64",
        "timestamp": "timestamp[us, tz=UTC]", "value": "double"});
    assert_eq!(read["schema"], expected);
    // The same points as JSON.
    let json = Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
        .args(["runs", "series"])
        .arg(&file)
        .args(["--all-runs", "--all-metrics", "--json"])
        .output()
        .unwrap();
    let points: Vec<Value> = serde_json::from_slice(&json.stdout).unwrap();
    let rows = read["rows"].as_array().unwrap();
    assert_eq!(rows.len(), points.len());
    let numbers: Vec<f64> = points.iter().map(|point| point["value"].as_f64().unwrap_or(0.0)).collect();
    let hex = hex(&numbers);
    for ((row, point), hex) in rows.iter().zip(&points).zip(hex) {
        assert_eq!((&row[0], &row[1], &row[2]), (&point["run"], &point["metric"], &point["step"]));
        assert_eq!(row[3].as_i64().map(|micros| micros / 1_000), point["timestamp"].as_i64());
        let value = point["value"].as_str().map_or(hex, ToOwned::to_owned);
        assert_eq!(row[4], Value::from(value), "{point}");
    }
    let own: Vec<&Value> = rows.iter().filter(|row| row[1] == odd).map(|row| &row[4]).collect();
    assert_eq!(own.len(), 6);
    assert_eq!(
        (own[3], own[4], own[5]),
        (&Value::from("NaN"), &Value::from("Infinity"), &Value::from("-Infinity"))
    );
}
