"""Reference implementation of the architecture lint rules and the change-impact (CACE) computation."""
import json,pathlib,sys
from collections import defaultdict,deque
HERE=pathlib.Path(__file__).parent
KJ=json.loads((HERE/"kinds.json").read_text(encoding="utf-8")); KIND={k["kind"]:k for k in KJ["kinds"]}; ART=KJ["artifacts"]; STG={s:i for i,s in enumerate(KJ["stages"])}
FEEDBACK={"feedback","labels","predictions","events","telemetry","trigger","alert","metrics","metadata","config","code","approval","package","pipeline","documents","context"}
OBS={a for a,c in ART.items() if c=="observation"}-{"feedback"}          # metrics, metadata, telemetry, alert: carry no influence
INFL=set(ART)-OBS-{"trigger","approval","pipeline","metadata"}           # strong influence
DATAP={"raw_data","events","documents","labels","training_set","features","online_features","embeddings","context"}
MODELP={"model","package","model_update"}
SERV={"serving_online","serving_batch","serving_stream","edge_runtime"}; SRC={"source_batch","source_stream","source_documents","source_device"}
GATES={"data_validation","evaluation","traffic_control","guardrails","governance"}
class G:
    def __init__(s,t):
        s.t=t; s.n={x["id"]:x for x in t["nodes"]}; s.e=t["edges"]; s.out=defaultdict(list); s.inn=defaultdict(list)
        for e in s.e: s.out[e["from"]].append(e); s.inn[e["to"]].append(e)
    def kind(s,i): return s.n[i]["kind"]
    def of(s,*k): return [i for i in s.n if s.kind(i) in k]
    def prop(s,i,k,d=None): return s.n[i].get("props",{}).get(k,d)
    def reach(s,start,arts=None,back=False,avoid=()):
        seen=set(); q=deque(start if isinstance(start,(list,set)) else [start]); first=set(q)
        while q:
            u=q.popleft()
            for e in (s.inn if back else s.out)[u]:
                v=e["from"] if back else e["to"]
                if (arts is None or e["artifact"] in arts) and v not in seen and v not in avoid: seen.add(v); q.append(v)
        return seen
    def succ(s,i,*arts): return [e["to"] for e in s.out[i] if not arts or e["artifact"] in arts]
    def pred(s,i,*arts): return [e["from"] for e in s.inn[i] if not arts or e["artifact"] in arts]
    def scc(s,arts):
        idx={};low={};st=[];on=set();res=[];c=[0]
        sys.setrecursionlimit(10000)
        def f(v):
            idx[v]=low[v]=c[0];c[0]+=1;st.append(v);on.add(v)
            for e in s.out[v]:
                if e["artifact"] not in arts: continue
                w=e["to"]
                if w not in idx: f(w);low[v]=min(low[v],low[w])
                elif w in on: low[v]=min(low[v],idx[w])
            if low[v]==idx[v]:
                comp=set()
                while True:
                    w=st.pop();on.discard(w);comp.add(w)
                    if w==v: break
                if len(comp)>1 or any(e["to"]==v and e["artifact"] in arts for e in s.out[v]): res.append(comp)
        for v in s.n:
            if v not in idx: f(v)
        return res
RULES=[]
def rule(id,name,src,sev,cond,fix):
    def d(f): RULES.append(dict(id=id,name=name,source=src,severity=sev,condition=cond,suggestion=fix,fn=f)); return f
    return d
# ---- structure
@rule("STR01","Disconnected component","Structurizr inspections; Sculley: dead code paths","warning","degree(n)=0","Connect it or delete it")
def _(g): return [i for i in g.n if not g.out[i] and not g.inn[i]]
@rule("STR02","Artifact type mismatch","Kreuzberger components","error","edge.artifact not in emits(kind(from)) or not in accepts(kind(to))","Insert a transformer or change the artifact type")
def _(g): return [f'{e["from"]}->{e["to"]}:{e["artifact"]}' for e in g.e if e["artifact"] not in KIND[g.kind(e["from"])]["emits"] or e["artifact"] not in KIND[g.kind(e["to"])]["accepts"]]
@rule("STR03","Backward flow","Sculley: pipeline jungles","warning","stage(to)<stage(from) and artifact not a feedback/control artifact","Move the node to another lane or label the edge as feedback")
def _(g): return [f'{e["from"]}->{e["to"]}' for e in g.e if STG[g.n[e["to"]]["stage"]]<STG[g.n[e["from"]]["stage"]] and g.n[e["from"]]["stage"]!="platform" and e["artifact"] not in FEEDBACK and not (e["artifact"]=="model" and g.kind(e["to"])=="embedding")]
@rule("STR04","Source never becomes a prediction","Google L0-L2","error","no influence path from any source to any consumer","Complete source -> training -> serving -> consumer")
def _(g):
    r=g.reach(set(g.of(*SRC)),INFL); return [] if any(c in r for c in g.of("consumer")) else ["graph"]
@rule("STR05","Uncontrolled processing cycle","Sculley: feedback loops","error","an SCC over data artifacts containing no serving, labelling, feedback, store or federation node","Break the cycle or model it as an explicit feedback component")
def _(g): return [",".join(sorted(c)) for c in g.scc(DATAP) if not any(g.kind(i) in SERV|{"labeling","feedback_collector","data_store","federated_coordinator","experiment","consumer"} for i in c)]
@rule("STR06","Placeholder without tool","MLOps Stack Canvas","info","tools=[] and kind not in {consumer, governance}","Pick a tool; the catalogue filter is preset to this kind")
def _(g): return [i for i in g.n if not g.n[i]["tools"] and g.kind(i) not in ("consumer","governance")]
# ---- data
@rule("DAT01","Unvalidated data reaches training","ML Test Score Data 1, Monitor 2; Google L1","error","exists path source->training over data artifacts avoiding every data_validation","Put a validation gate on that path")
def _(g):
    av=set(g.of("data_validation")); return [s for s in g.of(*SRC) if any(g.kind(x)=="training" for x in g.reach(s,DATAP|{"feedback"},avoid=av))]
@rule("DAT02","Unstable external dependency","Sculley: unstable data dependencies","warning","source.external and path source->training avoids data_versioning and versioned stores","Freeze a versioned copy of the signal")
def _(g):
    av={i for i in g.n if g.kind(i)=="data_versioning" or g.prop(i,"versioned")}; return [s for s in g.of(*SRC) if g.prop(s,"external") and any(g.kind(x)=="training" for x in g.reach(s,DATAP,avoid=av))]
@rule("DAT03","Underutilised dependency","Sculley: underutilised data dependencies; Data 2-3","warning","source or transformation from which no training, serving, index or evaluation is reachable","Remove the signal or document why it stays")
def _(g): return [i for i in g.of(*SRC,"transformation","embedding") if not any(g.kind(x) in SERV|{"training","vector_index"} for x in g.reach(i,DATAP))]
@rule("DAT04","Supervised training without labels","CRISP-ML(Q) data preparation","warning","training.paradigm=supervised and no upstream node emits labels/feedback and no source marked labelled","Add labelling or feedback collection, or mark the source as labelled")
def _(g):
    r=[]
    for t in g.of("training"):
        up=g.reach(t,DATAP|{"feedback"},back=True)|{t}
        if g.prop(t,"paradigm")=="supervised" and not any(e["artifact"] in("labels","feedback") for i in up for e in g.inn[i]) and not any(g.prop(i,"labelled") for i in up): r.append(t)
    return r
@rule("DAT05","Model labels its own training data","Sculley: direct feedback loop","warning","every label edge upstream of training descends from serving predictions with no labelling or feedback node","Bring in human or delayed ground truth, or an exploration slice")
def _(g):
    r=[]
    for t in g.of("training"):
        up=g.reach(t,DATAP|{"feedback","predictions"},back=True); 
        if any(g.kind(i) in SERV for i in up) and not any(g.kind(i) in("labeling","feedback_collector","consumer") for i in up): r.append(t)
    return r
@rule("DAT06","No dataset version behind the model","Kreuzberger P3/P4; ML Test Score Infra 1","warning","no data_versioning, versioned store or feature_store upstream of training","Add data versioning or a versioned table format")
def _(g): return [t for t in g.of("training") if not any(g.kind(i) in("data_versioning","feature_store") or g.prop(i,"versioned") for i in g.reach(t,DATAP,back=True))]
@rule("DAT07","Personal data reaches training unprotected","ML Test Score Data 5","error","(source.pii or domain=healthcare) and a path source->training avoids privacy","Insert de-identification / access control")
def _(g):
    av=set(g.of("privacy")); return [s for s in g.of(*SRC) if (g.prop(s,"pii") or g.t.get("domain")=="healthcare") and any(g.kind(x)=="training" for x in g.reach(s,DATAP,avoid=av))]
# ---- features
@rule("FEA01","Training-serving skew","ML Test Score Monitor 3; Sculley: glue code","error","online serving takes features/raw events whose producers share no transformation or feature_store with training","Serve and train from one feature definition")
def _(g):
    def prod(x,arts): return {i for i in g.reach(x,DATAP,back=True) if g.kind(i) in("feature_store","transformation","vector_index","embedding")}
    r=[]
    for s in g.of("serving_online","serving_stream"):
        ts=[t for t in g.of("training") if s in g.reach(t,MODELP)]
        ins=[e for e in g.inn[s] if e["artifact"] in("features","online_features","events")]
        if not ins or not ts: continue
        a=set().union(*[prod(t,None) for t in ts]); b=set()
        for e in ins: b|=prod(e["from"],None)|({e["from"]} if g.kind(e["from"]) in("feature_store","transformation") else set())
        if not (a&b): r.append(s)
    return r
@rule("FEA02","Duplicated feature logic","Sculley: pipeline jungles","warning",">=2 transformations read the same source and feed different models with no shared feature_store","Extract a shared feature view")
def _(g):
    m=defaultdict(set)
    if g.of("feature_store"): return []
    for tr in g.of("transformation"):
        ts=frozenset(x for x in g.reach(tr,DATAP) if g.kind(x)=="training")
        for s in g.reach(tr,DATAP,back=True):
            if g.kind(s) in SRC and ts: m[s].add((tr,ts))
    return [s for s,v in m.items() if len({x[1] for x in v})>1]
@rule("FEA03","Half-used feature store","Kreuzberger C4","info","feature_store feeds training but no serving, or the reverse","Use both the offline and the online side, or drop the store")
def _(g):
    r=[]
    for f in g.of("feature_store"):
        x={g.kind(i) for i in g.reach(f,DATAP)}
        if ("training" in x)!=bool(x&SERV): r.append(f)
    return r
# ---- train
@rule("TRN01","Untracked training","Kreuzberger P7/C7","warning","training has no metrics/metadata edge to experiment_tracking or metadata_store","Log runs, parameters and lineage")
def _(g): return [t for t in g.of("training") if not any(g.kind(i) in("experiment_tracking","metadata_store","federated_coordinator") for i in g.succ(t,"metrics","metadata"))]
@rule("TRN02","Model code not under version control","ML Test Score Model 1; Kreuzberger C2","error","training has no code_repo ancestor via code/config/pipeline/package","Feed training from the repository, not from a notebook")
def _(g): return [t for t in g.of("training") if not any(g.kind(i)=="code_repo" for i in g.reach(t,{"code","config","pipeline","package","trigger"},back=True))]
@rule("TRN03","Hand-started training","Google L0; Kreuzberger P2/C3","warning","training has no trigger/pipeline edge from an orchestrator","Run it as an orchestrated pipeline step")
def _(g): return [t for t in g.of("training") if not any(g.kind(i)=="orchestrator" for i in g.pred(t,"trigger","pipeline"))]
@rule("TRN04","No retraining trigger","Kreuzberger P6; Google L1; ML Test Score Model 4","warning","no path monitoring->training over alert/trigger and no orchestrator.schedule","Add a drift, new-data or schedule trigger")
def _(g):
    ok=g.reach(set(g.of("monitoring","alerting")),{"alert","trigger","pipeline"})
    for o in g.of("orchestrator"):
        if g.prop(o,"schedule"): ok|=g.reach(o,{"trigger","pipeline"})
    return [t for t in g.of("training") if t not in ok]
@rule("TRN05","Configuration debt","Sculley: configuration debt","info","training or guardrails has no config or pipeline input","Version hyper-parameters, thresholds and prompts as config")
def _(g): return [t for t in g.of("training","guardrails") if not g.pred(t,"config","pipeline") ]
# ---- evaluate / govern
@rule("EVA01","Model ships without an evaluation gate","ML Test Score Infra 4; Google L1","error","exists path training->serving over model/package avoiding evaluation","Put model validation before registration")
def _(g):
    av=set(g.of("evaluation")); return [t for t in g.of("training") if any(g.kind(x) in SERV for x in g.reach(t,MODELP,avoid=av))]
@rule("EVA02","No registry between training and serving","Kreuzberger C6; ML Test Score Infra 7","warning","exists path training->serving over model/package avoiding model_registry","Register versions so that rollback is a pointer move")
def _(g):
    av=set(g.of("model_registry")); return [t for t in g.of("training") if any(g.kind(x) in SERV for x in g.reach(t,MODELP,avoid=av))]
@rule("EVA03","Thin evaluation","ML Test Score Model 5-7","info","evaluation.checks lacks slices, baseline or (regulated domain) bias","Compare with a simple baseline, by slice, and for inclusion")
def _(g):
    need={"slices","baseline"}|({"bias"} if g.t.get("domain") in("healthcare","finance","social") else set()); return [i for i in g.of("evaluation") if need-set(g.prop(i,"checks",[]))]
@rule("EVA04","Evaluation without independent data","CRISP-ML(Q) evaluation","error","evaluation has no data-artifact input","Give the gate a held-out set")
def _(g): return [i for i in g.of("evaluation") if not g.pred(i,*DATAP,"feedback","predictions")]
@rule("GOV01","Regulated model without approval","MS maturity L4; ISO-style governance","warning","domain in {healthcare, finance} and no governance->registry/cd approval edge","Add an approval step fed by evaluation metrics")
def _(g): return ["graph"] if g.t.get("domain") in("healthcare","finance") and not any(e["artifact"]=="approval" for e in g.e) else []
@rule("GOV02","Registered model without lineage","Kreuzberger P7; ML Test Score Infra 1","info","model_registry has no metadata link","Link registry and metadata store")
def _(g): return [i for i in g.of("model_registry") if not g.succ(i,"metadata") and not g.pred(i,"metadata")]
# ---- deliver
@rule("DEP01","Big-bang release","ML Test Score Infra 6","warning","path serving->consumer over predictions avoids traffic_control","Add canary, shadow or A/B routing")
def _(g):
    av=set(g.of("traffic_control")); return [s for s in g.of("serving_online","serving_stream","edge_runtime") if not any(g.kind(i)=="traffic_control" for i in g.pred(s)) and any(g.kind(x)=="consumer" for x in g.reach(s,{"predictions"},avoid=av))]
@rule("DEP02","Pipeline code without CI","Google L2; Kreuzberger P1/C1","warning","code_repo exists and no ci node receives code","Build and test pipeline components on merge")
def _(g): return [r for r in g.of("code_repo") if not any(g.kind(i)=="ci" for i in g.succ(r))]
@rule("DEP03","Prototype smell","Sculley: common smells; Google L0","error","experiment -> registry, cd or serving edge","Move notebook code through repository and pipeline")
def _(g): return [f'{i}->{j}' for i in g.of("experiment") for j in g.succ(i) if g.kind(j) in SERV|{"model_registry","cd"}]
# ---- operate
@rule("MON01","Serving is not observed","Kreuzberger P8/C9; ML Test Score Monitor 5-7","error","serving has no telemetry/predictions edge to monitoring","Emit request logs and latency")
def _(g): return [s for s in g.of(*SERV) if not any(g.kind(i)=="monitoring" for i in g.succ(s))]
@rule("MON02","Inputs are not monitored","ML Test Score Monitor 2-4","warning","no monitoring node receives features, events or raw data","Send served inputs for skew and drift checks")
def _(g): return [m for m in g.of("monitoring") if not g.pred(m,"features","online_features","events","raw_data")] if not any(g.pred(m,"features","online_features","events","raw_data") for m in g.of("monitoring")) else []
@rule("MON03","Monitoring nobody acts on","Kreuzberger P9; Sculley: monitoring and testing","warning","monitoring has no alert/trigger out-edge","Wire it to alerting or retraining")
def _(g): return [m for m in g.of("monitoring") if not g.succ(m,"alert","trigger")]
@rule("MON04","No ground truth comes back","Kreuzberger P9; ML Test Score Model 2, Monitor 7","warning","no feedback/labels edge from consumer or feedback_collector reaches monitoring or evaluation","Collect outcomes and join them to predictions")
def _(g):
    r=g.reach(set(g.of("consumer","feedback_collector")),{"feedback","labels"}); return [] if any(g.kind(i) in("monitoring","evaluation") for i in r) else (["graph"] if g.of(*SERV) else [])
@rule("MON05","External source changes go unnoticed","ML Test Score Monitor 1","info","source.external without a direct schema/validation/monitoring neighbour within 2 hops","Subscribe to a schema contract")
def _(g):
    r=[]
    for s in g.of(*SRC):
        if not g.prop(s,"external"): continue
        h1=set(g.succ(s)); h2={x for i in h1 for x in g.succ(i)}
        if not any(g.kind(i) in("data_validation","monitoring") for i in h1|h2): r.append(s)
    return r
# ---- debt
def _loops(g): return [",".join(sorted(i for i in c if g.kind(i) in SERV|{"training"})) for c in g.scc(INFL|{"feedback"}) if any(g.kind(i)=="training" for i in c) and any(g.kind(i) in SERV for i in c)]
@rule("DEB01","Direct feedback loop","Sculley: direct feedback loops","warning","SCC over influence artifacts + feedback contains training and serving, and no traffic_control exists","Release through a router and keep a randomised or held-out slice")
def _(g): return [] if g.of("traffic_control") else _loops(g)
@rule("DEB10","Loop without a declared exploration slice","Sculley: direct feedback loops","info","as DEB01 but traffic_control exists and none has holdout=true","Set holdout on the router and exclude or weight the rest")
def _(g): return _loops(g) if g.of("traffic_control") and not any(g.prop(i,"holdout") for i in g.of("traffic_control")) else []
@rule("DEB02","Hidden feedback loop","Sculley: hidden feedback loops","warning","models A!=B: consumer of A emits events/feedback upstream of B's training","Declare the coupling; evaluate A and B jointly")
def _(g):
    own={}
    for t in g.of("training"):
        for s in g.reach(t,MODELP):
            if g.kind(s) in SERV: own.setdefault(s,set()).add(t)
    r=set()
    for s,ts in own.items():
        for c in [x for x in g.reach(s,{"predictions"}) if g.kind(x)=="consumer"]:
            for t2 in g.of("training"):
                if t2 not in ts and t2 in g.reach(c,INFL|{"feedback"}): r.add(f'{s}~>{t2}')
    return sorted(r)
@rule("DEB03","Correction cascade","Sculley: correction cascades","warning","predictions of serving A feed serving B","Learn the correction inside A, or pay for a separate model")
def _(g):
    r=[]
    for s in g.of(*SERV):
        for x in g.succ(s,"predictions"):
            if g.kind(x) in SERV: r.append(f'{s}->{x}')
    return r
@rule("DEB04","Undeclared consumers","Sculley: undeclared consumers","warning","predictions land in a shared store or stream that is read by >=1 node, or serving has no consumer reachable via predictions","Declare consumers with an owner and access control")
def _(g):
    r=[]
    for s in g.of(*SERV):
        rr=g.reach(s,{"predictions"})
        if not any(g.kind(x)=="consumer" for x in rr): r.append(s)
        r+= [f'{s}->{x}' for x in g.succ(s,"predictions") if g.kind(x)=="data_store" and g.out[x]]
    return r
@rule("DEB05","Glue code","Sculley: glue code","info",">35% of nodes have no catalogue tool or are marked custom","Replace ad-hoc adapters with catalogue tools behind one API")
def _(g):
    n=[i for i in g.n if g.kind(i) not in("consumer","governance")]; c=[i for i in n if not g.n[i]["tools"] or g.prop(i,"custom")]; return ["graph"] if n and len(c)/len(n)>.35 else []
@rule("DEB06","Pipeline jungle","Sculley: pipeline jungles","warning","longest transformation chain >4, or cyclomatic number E-V+C of the transformation subgraph >3","Redesign data collection and features together")
def _(g):
    v=set(g.of("transformation","ingestion","embedding")); e=[(x["from"],x["to"]) for x in g.e if x["from"] in v and x["to"] in v]
    d={}
    up={i:{i} for i in v}; more=True                                      # longest chain over the condensation: a cycle counts all its nodes
    while more:
        more=False
        for a,b in e:
            if not up[b]<=up[a]: up[a]|=up[b]; more=True
    comp={i:frozenset(j for j in up[i] if i in up[j]) for i in v}; memo={}
    def dep(c):
        if c not in memo: memo[c]=len(c)+max([dep(comp[b]) for a,b in e if a in c and b not in c],default=0)
        return memo[c]
    par={i:i for i in v}
    def f(i):
        while par[i]!=i: i=par[i]
        return i
    for a,b in e: par[f(a)]=f(b)
    C=len({f(i) for i in v}); return ["graph"] if v and (max(dep(comp[i]) for i in v)>4 or len(set(e))-len(v)+C>3) else []
@rule("DEB07","Dead experimental path","Sculley: dead experimental codepaths","warning","training or tuning node from which no registry, serving or coordinator is reachable and status!=experimental","Delete it or mark it experimental")
def _(g): return [t for t in g.of("training") if g.prop(t,"status")!="experimental" and not any(g.kind(x) in SERV|{"model_registry","federated_coordinator","vector_index"} for x in g.reach(t,MODELP|{"embeddings"}))]
@rule("DEB08","Entanglement hotspot","Sculley: CACE","info","training with >8 upstream sources, or a node whose strong blast radius covers >=3 training nodes","Isolate models or add monitored feature contracts")
def _(g):
    r=[t for t in g.of("training") if sum(g.kind(i) in SRC for i in g.reach(t,DATAP,back=True))>8]
    r+=[i for i in g.of("feature_store","transformation") if sum(g.kind(x)=="training" for x in g.reach(i,DATAP))>=3]; return r
@rule("DEB09","Abstraction sprawl","Sculley: abstraction debt, multiple-language smell","warning",">1 feature_store, >1 model_registry or >2 orchestrators","Converge on one per concern")
def _(g): return [k for k,m in(("feature_store",1),("model_registry",1),("orchestrator",2)) if len(g.of(k))>m]
# ---- LLM
@rule("LLM01","Generation without guardrails","LLMOps practice; OWASP LLM Top 10","warning","serving receives context (RAG) and a path to consumer over predictions avoids guardrails","Add input/output checks")
def _(g):
    av=set(g.of("guardrails")); return [s for s in g.of("serving_online") if g.pred(s,"context") and g.of("source_documents") and any(g.kind(x)=="consumer" for x in g.reach(s,{"predictions"},avoid=av))]
@rule("LLM02","Stale index","Sculley: changes in the external world","info","vector_index has no orchestrator upstream via trigger/embeddings","Schedule re-indexing")
def _(g): return [v for v in g.of("vector_index") if not any(g.kind(i)=="orchestrator" for i in g.reach(v,{"trigger","embeddings","documents"},back=True))]
@rule("LLM03","Retrieval is not evaluated","ML Test Score Infra 3-4 applied to RAG","warning","vector_index feeds serving but no evaluation node receives context","Evaluate retrieval and answer quality on a golden set")
def _(g): return [v for v in g.of("vector_index") if g.of("source_documents") and not any(g.kind(i)=="evaluation" for i in g.succ(v,"context"))]
def lint(t):
    g=G(t); out=[]
    for r in RULES:
        for h in r["fn"](g): out.append((r["id"],r["severity"],h))
    return out
# ---- change impact -------------------------------------------------------
SOFT={"consumer","feedback_collector","experiment","monitoring"}   # influence leaving these passes through people or the outside world
def impact(t,x):
    """direct = closure before the world reacts; full = closure once feedback closes the loop (CACE)."""
    g=G(t); full=INFL|{"feedback"}; weak={"trigger","approval","pipeline","metadata","alert","metrics","telemetry"}
    def bfs(stop):
        ring={x:0}; q=deque([x])
        while q:
            u=q.popleft()
            if u!=x and stop and g.kind(u) in SOFT: continue
            for e in g.out[u]:
                if e["artifact"] in full and e["to"] not in ring: ring[e["to"]]=ring[u]+1; q.append(e["to"])
        return ring
    r0,r1=bfs(True),bfs(False); D=set(r0)-{x}; F=set(r1)-{x}
    gates={i for i in g.n if g.kind(i) in GATES}-{x}
    soft=set(g.of(*SOFT)); seen={x}; q=[x]                                # consumers end the walk; x itself never counts
    while q:
        u=q.pop()
        if u!=x and u in soft: continue
        for e in g.out[u]:
            if e["artifact"] in full and e["to"] not in seen and e["to"] not in gates: seen.add(e["to"]); q.append(e["to"])
    ung=seen-{x}
    k=lambda S,*ks: sorted(i for i in S if g.kind(i) in ks)
    return dict(direct=len(D),full=len(F),cace=round(len(F)/max(1,len(g.n)-1),2),rings={r:sorted(i for i in D if r0[i]==r) for r in sorted(set(r0.values())-{0})},
      retrain=k(D,"training"),revalidate=k(D,"evaluation"),redeploy=k(D,*SERV),consumers=k(D,"consumer"),unguarded_consumers=k(ung,"consumer"),
      in_loop=any(x in c for c in g.scc(full)),via_feedback=sorted(F-D),notified=sorted(g.reach(x,full|weak)-F-{x}))
def maturity(t):
    g=G(t); ids={r for r,_,_ in lint(t)}; has=lambda *k: all(g.of(x) for x in k)
    l1=has("training","orchestrator","data_validation","evaluation") and not ids&{"TRN03","TRN04","EVA01"} and (g.of("metadata_store") or g.of("experiment_tracking"))
    l2=l1 and has("code_repo","ci","model_registry") and not ids&{"DEP02","EVA02"} and (g.of("cd") or any(g.kind(j)=="orchestrator" for c in g.of("ci") for j in g.succ(c)))
    ms=0
    if has("code_repo","ci"): ms=1
    if "TRN03" not in ids and "TRN01" not in ids and has("training","model_registry"): ms=2
    if ms==2 and has("cd") and not ids&{"EVA01","EVA02"}: ms=3
    if ms==3 and not ids&{"MON01","MON03","TRN04"} and any(g.kind(x)=="training" for m in g.of("monitoring") for x in g.reach(m,{"alert","trigger","pipeline"})): ms=4
    C={"C1":has("ci") or has("cd"),"C2":has("code_repo"),"C3":has("orchestrator"),"C4":has("feature_store"),"C5":has("training") or has("federated_coordinator"),"C6":has("model_registry"),"C7":has("metadata_store") or has("experiment_tracking"),"C8":bool(g.of(*SERV)),"C9":has("monitoring")}
    return dict(google=2 if l2 else 1 if l1 else 0,microsoft=ms,components=sum(map(bool,C.values())))
if __name__=="__main__":
    T=json.loads((HERE/"templates.json").read_text(encoding="utf-8"))
    for t in T:
        L=lint(t); print(t["id"],{s:sum(1 for x in L if x[1]==s) for s in("error","warning","info")},maturity(t)); 
        for x in L: print("    ",*x)
    print(len(RULES),"rules")
