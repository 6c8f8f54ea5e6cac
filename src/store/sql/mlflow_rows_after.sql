SELECT rowid, step, timestamp, value, is_nan, run_uuid, key FROM metrics
WHERE rowid > ?1 AND rowid <= ?2 ORDER BY rowid LIMIT ?3
