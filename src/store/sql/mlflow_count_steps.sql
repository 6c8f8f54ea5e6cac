SELECT count(*) FROM metrics INDEXED BY index_metrics_run_uuid_key_step
WHERE run_uuid = ?1 AND key = ?2 AND step > ?3 AND step <= ?4 AND rowid <= ?5
