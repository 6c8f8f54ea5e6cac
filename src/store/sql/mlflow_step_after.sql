-- The step that ends a bounded count: from the covering index alone.
SELECT step FROM metrics INDEXED BY index_metrics_run_uuid_key_step
WHERE run_uuid = ?1 AND key = ?2 AND step > ?3
ORDER BY step LIMIT 1 OFFSET ?4
