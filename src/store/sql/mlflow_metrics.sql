SELECT rowid, run_uuid, key, value, is_nan FROM latest_metrics WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2
