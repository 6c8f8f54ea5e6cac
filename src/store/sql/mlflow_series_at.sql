SELECT rowid, step, timestamp, value, is_nan
FROM metrics INDEXED BY index_metrics_run_uuid_key_step
WHERE run_uuid = ?1 AND key = ?2 AND step = ?3 AND rowid > ?4
ORDER BY rowid LIMIT ?5
