-- The columns of all indexes that hold every row of the table, each index by itself and in its order.
SELECT list.name, info.name, info."desc" = 0 AND info.coll = 'BINARY', list."unique"
FROM pragma_index_list(?1) AS list, pragma_index_xinfo(list.name) AS info
WHERE NOT list.partial AND info.key
ORDER BY list.seq, info.seqno
