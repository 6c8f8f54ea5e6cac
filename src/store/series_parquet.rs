//! Points of series as a Parquet file: `run` and `metric` (texts), `step`, `timestamp` (microseconds, UTC; null where none can
//! be told), `value` (NaN and infinities as they are).

use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use crate::runs::Point;

const SCHEMA: &str = "message series {
    REQUIRED BYTE_ARRAY run (STRING);
    REQUIRED BYTE_ARRAY metric (STRING);
    REQUIRED INT64 step;
    OPTIONAL INT64 timestamp (TIMESTAMP(MICROS, true));
    REQUIRED DOUBLE value;
}";

/// Rows that are written together: as many are held in memory, about 24 bytes each.
const GROUP: usize = 1_000_000;

/// Values handed over at once.
const BATCH: usize = 8_192;

/// What was packed and not yet written on; the file writer has to own where it writes to.
#[derive(Clone, Default)]
struct Packed(Arc<Mutex<Vec<u8>>>);

impl Packed {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Rows of one series, which lie side by side.
struct Span {
    run: ByteArray,
    metric: ByteArray,
    rows: usize,
}

/// A file that is being written.
pub struct SeriesParquet {
    file: SerializedFileWriter<Packed>,
    packed: Packed,
    spans: Vec<Span>,
    steps: Vec<i64>,
    times: Vec<i64>,
    /// 1 where there is a time.
    has_time: Vec<i16>,
    values: Vec<f64>,
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

impl SeriesParquet {
    /// A file without rows.
    pub fn new() -> io::Result<Self> {
        let schema = parse_message_type(SCHEMA).map_err(failed)?;
        let column = |name: &str| ColumnPath::from(name);
        let properties = WriterProperties::builder()
            .set_created_by(concat!("mlops-atlas ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            // Steps count up and times come in even distances; hardly any value comes twice.
            .set_column_dictionary_enabled(column("step"), false)
            .set_column_encoding(column("step"), Encoding::DELTA_BINARY_PACKED)
            .set_column_dictionary_enabled(column("timestamp"), false)
            .set_column_encoding(column("timestamp"), Encoding::DELTA_BINARY_PACKED)
            .set_column_dictionary_enabled(column("value"), false);
        let packed = Packed::default();
        let file = SerializedFileWriter::new(packed.clone(), Arc::new(schema), Arc::new(properties.build()))
            .map_err(failed)?;
        Ok(Self {
            file,
            packed,
            spans: Vec::new(),
            steps: Vec::new(),
            times: Vec::new(),
            has_time: Vec::new(),
            values: Vec::new(),
        })
    }

    /// Adds points of a metric of a run; what is packed goes to `out`.
    pub fn add(&mut self, run: &str, metric: &str, points: &[Point], out: &mut dyn Write) -> io::Result<()> {
        let mut left = points;
        while !left.is_empty() {
            let (now, later) = left.split_at(left.len().min(GROUP - self.steps.len()));
            left = later;
            self.spans.push(Span { run: run.into(), metric: metric.into(), rows: now.len() });
            for point in now {
                self.steps.push(point.step);
                self.times.extend(point.time_ms().map(|_| point.time));
                self.has_time.push(i16::from(point.time_ms().is_some()));
                self.values.push(point.value);
            }
            if self.steps.len() == GROUP {
                self.group(out)?;
            }
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.steps.is_empty() {
            self.group(out)?;
        }
        self.file.finish().map_err(failed)?;
        out.write_all(&self.packed.take())
    }

    fn group(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.pack().map_err(failed)?;
        self.spans.clear();
        self.steps.clear();
        self.times.clear();
        self.has_time.clear();
        self.values.clear();
        out.write_all(&self.packed.take())
    }

    fn pack(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        names(&mut group, self.spans.iter().map(|span| (&span.run, span.rows)))?;
        names(&mut group, self.spans.iter().map(|span| (&span.metric, span.rows)))?;
        numbers::<Int64Type>(&mut group, &self.steps, None)?;
        numbers::<Int64Type>(&mut group, &self.times, Some(&self.has_time))?;
        numbers::<DoubleType>(&mut group, &self.values, None)?;
        group.close()?;
        Ok(())
    }
}

/// The next column: each name for so many rows.
fn names<'a>(
    group: &mut SerializedRowGroupWriter<'_, Packed>,
    spans: impl Iterator<Item = (&'a ByteArray, usize)>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    for (name, rows) in spans {
        let batch = vec![name.clone(); rows.min(BATCH)];
        let mut left = rows;
        while left > 0 {
            let now = left.min(BATCH);
            column.typed::<ByteArrayType>().write_batch(&batch[..now], None, None)?;
            left -= now;
        }
    }
    column.close()
}

/// The next column.
fn numbers<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Packed>,
    values: &[T::T],
    is_there: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<T>().write_batch(values, is_there, None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    use super::*;

    fn read(bytes: Vec<u8>) -> (usize, Vec<Vec<Field>>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("series.parquet");
        std::fs::write(&path, bytes).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        let fields =
            |row: parquet::record::Row| row.into_columns().into_iter().map(|(_, field)| field).collect();
        (reader.num_row_groups(), rows.map(|row| fields(row.unwrap())).collect())
    }

    fn text(text: &str) -> Field {
        Field::Str(text.to_owned())
    }

    #[test]
    fn every_point_is_read_back_as_it_is() {
        let point = |step, time, value| Point { step, time, value };
        let (mut file, mut out) = (SeriesParquet::new().unwrap(), Vec::new());
        let odd = [
            point(i64::MIN, 1_700_000_000_000_001, f64::NAN),
            point(-1, i64::MIN, f64::INFINITY),
            point(i64::MAX, -1, f64::NEG_INFINITY),
        ];
        file.add("ä/\"r", "損失\n", &odd, &mut out).unwrap();
        file.add("b", "loss", &[], &mut out).unwrap();
        file.add("b", "loss", &[point(0, 0, -0.0)], &mut out).unwrap();
        file.finish(&mut out).unwrap();
        let (groups, rows) = read(out);
        assert_eq!((groups, rows.len()), (1, 4));
        let Field::Double(nan) = rows[0][4] else { panic!("{:?}", rows[0]) };
        assert!(nan.is_nan());
        let time = Field::TimestampMicros(1_700_000_000_000_001);
        assert_eq!(rows[0][..4], [text("ä/\"r"), text("損失\n"), Field::Long(i64::MIN), time]);
        assert_eq!(rows[1][2..], [Field::Long(-1), Field::Null, Field::Double(f64::INFINITY)]);
        let last = [Field::Long(i64::MAX), Field::TimestampMicros(-1), Field::Double(f64::NEG_INFINITY)];
        assert_eq!(rows[2][2..], last);
        assert_eq!(rows[3][..3], [text("b"), text("loss"), Field::Long(0)]);
        let Field::Double(zero) = rows[3][4] else { panic!("{:?}", rows[3]) };
        assert!(zero == 0.0 && zero.is_sign_negative());
    }

    #[test]
    fn many_points_are_written_in_groups_as_they_come() {
        let (mut file, mut out) = (SeriesParquet::new().unwrap(), Vec::new());
        let points: Vec<Point> =
            (0..700_000).map(|step| Point { step, time: step, value: step as f64 }).collect();
        file.add("a", "loss", &points, &mut out).unwrap();
        let before = out.len();
        file.add("b", "loss", &points, &mut out).unwrap();
        assert!(out.len() > before + 100_000, "a full group is not kept: {} bytes", out.len());
        file.finish(&mut out).unwrap();
        let (groups, rows) = read(out);
        assert_eq!((groups, rows.len()), (2, 1_400_000));
        assert_eq!(rows[1_000_000][..3], [text("b"), text("loss"), Field::Long(300_000)]);
    }
}
