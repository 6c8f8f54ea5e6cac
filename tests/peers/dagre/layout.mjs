// Lays a graph out with dagre. Reads {"nodes": [[id, width, height], ...], "flows": [[from, to], ...]} on standard
// input; prints {"ms": time of the layout alone, "nodes": {id: [x, y of the middle]}}. The folder that holds
// node_modules is the first argument.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const require = createRequire(join(process.argv[2], 'package.json'))
const { Graph, layout } = require('@dagrejs/dagre')
const { nodes, flows } = JSON.parse(readFileSync(0, 'utf8'))
const graph = new Graph({ multigraph: true })
graph.setGraph({ rankdir: 'LR', nodesep: 60, ranksep: 96 })
graph.setDefaultEdgeLabel(() => ({}))
for (const [id, width, height] of nodes) graph.setNode(id, { width, height })
flows.forEach(([from, to], index) => graph.setEdge(from, to, {}, String(index)))
const begun = process.hrtime.bigint()
layout(graph)
const ms = Number(process.hrtime.bigint() - begun) / 1e6
const places = Object.fromEntries(graph.nodes().map((id) => [id, [graph.node(id).x, graph.node(id).y]]))
process.stdout.write(JSON.stringify({ ms, nodes: places }))
