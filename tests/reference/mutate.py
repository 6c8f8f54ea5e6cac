"""Changed templates: every node and edge deleted, every node bypassed, and some hand-made mistakes."""
import copy,json,lint
from collections import Counter
T=json.loads((lint.HERE/"templates.json").read_text(encoding="utf-8")); MUTATIONS=[]
def rec(t,desc,original): MUTATIONS.append((original,desc,t))
for t in T:
    for x in t["nodes"]:
        m=copy.deepcopy(t); m["nodes"]=[y for y in m["nodes"] if y["id"]!=x["id"]]; m["edges"]=[e for e in m["edges"] if x["id"] not in(e["from"],e["to"])]; rec(m,f'{t["id"]}: delete node {x["id"]}',t)
    for k in range(len(t["edges"])):
        m=copy.deepcopy(t); e=m["edges"].pop(k); rec(m,f'{t["id"]}: delete edge {e["from"]}->{e["to"]}:{e["artifact"]}',t)
    # bypass: short-circuit each gate
    for x in t["nodes"]:
        ins=[e for e in t["edges"] if e["to"]==x["id"]]; outs=[e for e in t["edges"] if e["from"]==x["id"]]
        m=copy.deepcopy(t); m["nodes"]=[y for y in m["nodes"] if y["id"]!=x["id"]]; m["edges"]=[e for e in m["edges"] if x["id"] not in(e["from"],e["to"])]
        for a in ins:
            for c in outs:
                if a["artifact"]==c["artifact"]: m["edges"].append({"from":a["from"],"to":c["to"],"artifact":c["artifact"]})
        rec(m,f'{t["id"]}: bypass {x["id"]}',t)
by={t["id"]:t for t in T}
def hand(tid,desc,f):
    t=by[tid]; m=copy.deepcopy(t); f(m); rec(m,f'{tid}: {desc}',t)
N=lambda id,kind,**k: dict(id=id,kind=kind,stage=lint.KIND[kind]["stage"],tools=k.pop("tools",["x"]),label=id,**({"props":k} if k else {}))
E=lambda a,b,c:{"from":a,"to":b,"artifact":c}
hand("oss-classic","add lone node",lambda m:m["nodes"].append(N("z","monitoring")))
hand("oss-classic","wrong artifact",lambda m:m["edges"].append(E("reg","feast","model")))
hand("oss-classic","second serving corrected by first",lambda m:(m["nodes"].append(N("s2","serving_online")),m["edges"].extend([E("srv","s2","predictions"),E("cd","s2","model"),E("s2","mon","telemetry"),E("s2","app","predictions")])))
hand("oss-classic","predictions into lake",lambda m:m["edges"].append(E("srv","wh","predictions")))
hand("oss-classic","notebook to serving",lambda m:m["edges"].append(E("nb","srv","config")))
hand("oss-classic","two feature stores",lambda m:m["nodes"].append(N("fs2","feature_store")))
hand("oss-classic","transform cycle",lambda m:(m["nodes"].append(N("t2","transformation")),m["edges"].extend([E("dbt","t2","features"),E("t2","dbt","raw_data")])))
hand("oss-classic","jungle",lambda m:[(m["nodes"].append(N(f"j{i}","transformation")),m["edges"].append(E("dbt" if i==0 else f"j{i-1}",f"j{i}","features"))) for i in range(5)])
hand("oss-classic","skew: serve from own pipeline",lambda m:(m.__setitem__("edges",[e for e in m["edges"] if not(e["from"]=="feast" and e["to"]=="srv")]),m["nodes"].extend([N("k","source_stream"),N("own","transformation")]),m["edges"].extend([E("k","own","events"),E("own","srv","online_features")])))
hand("oss-classic","dead training",lambda m:(m["nodes"].append(N("t9","training",paradigm="supervised")),m["edges"].append(E("feast","t9","training_set"))))
hand("oss-classic","external unstable source",lambda m:(m["nodes"].append(N("ext","source_batch",external=True)),m["edges"].append(E("ext","dbt","raw_data"))))
hand("fraud-stream","pii bypass",lambda m:m["edges"].append(E("txn","sv","events")))
hand("fraud-stream","no approval",lambda m:m.__setitem__("edges",[e for e in m["edges"] if e["artifact"]!="approval"]))
def two(m):
    m["nodes"].extend([N("tB","training",paradigm="supervised"),N("sB","serving_online"),N("cB","consumer")]); m["edges"].extend([E("feast","tB","training_set"),E("tB","ev","model"),E("tB","sB","model"),E("sB","cB","predictions")])
hand("oss-classic","two models sharing the world",two)
def dup(m):
    m["nodes"]=[x for x in m["nodes"] if x["id"]!="feast"]; m["edges"]=[e for e in m["edges"] if "feast" not in(e["from"],e["to"])]
    m["nodes"].extend([N("dB","transformation"),N("tB","training",paradigm="supervised")]); m["edges"].extend([E("ge","dB","raw_data"),E("dB","tB","training_set"),E("dbt","tr","training_set")])
hand("oss-classic","duplicate features",dup)
hand("oss-classic","glue",lambda m:[x.__setitem__("tools",[]) for x in m["nodes"][:12]])
hand("oss-classic","entangled",lambda m:[(m["nodes"].append(N(f"tt{i}","training",paradigm="supervised")),m["edges"].append(E("feast",f"tt{i}","training_set"))) for i in range(3)])
def selfl(m):
    keep={"consumer","feedback_collector"}; ids={x["id"] for x in m["nodes"] if x["kind"] in keep}; m["nodes"]=[x for x in m["nodes"] if x["id"] not in ids]; m["edges"]=[e for e in m["edges"] if e["from"] not in ids and e["to"] not in ids]; m["edges"].append(E("srv","wh","predictions"))
hand("oss-classic","self labelling",selfl)
hand("oss-classic","backward flow",lambda m:m["edges"].append(E("feast","wh","features")))
hand("oss-classic","source orphan",lambda m:m["nodes"].append(N("so","source_batch")))
hand("oss-classic","thin eval",lambda m:[x.__setitem__("props",{}) for x in m["nodes"] if x["kind"]=="evaluation"])
def fires(t): return Counter(r for r,_,_ in lint.lint(t))
if __name__=="__main__":
    fired=Counter(); ex={}; base={t["id"]:fires(t) for t in T}
    for t,desc,m in MUTATIONS:
        for r,k in fires(m).items():
            if k>base[t["id"]].get(r,0): fired[r]+=1; ex.setdefault(r,desc)
    allr=[r["id"] for r in lint.RULES]
    print(len(MUTATIONS),"mutations;",len([r for r in allr if fired[r]]),"of",len(allr),"rules fire"); print("never fire:",[r for r in allr if not fired[r]])
    for r in allr: print(r,fired[r],ex.get(r,""))
