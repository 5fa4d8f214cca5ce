// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/blocks.h"
#include "graph/repairs.h"
#include "graph/structure.h"
#include "graph/warnings.h"
#include "structure/structure_nodes.h"
#include "support/data_and_layers.h"

#include <QTest>

#include <algorithm>

using namespace netloom;

namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

struct Step {
    std::string type;
    std::string name;
    Settings settings;
};

/// A broken graph: a chain from the data to the loss, and what is done to it.
struct Broken {
    std::vector<Step> steps;
    std::string node;     ///< at which the issue is; "" for the whole graph
    std::string code;
    QStringList expected; ///< of the repairs, these are offered, the first of them as the best
    std::function<void(Graph &)> change = {};
    MemoryBudget budget = {};
};

const std::vector<Step> kData{{"MNIST", "data", {{"root", "/data"}}}, {"ToTensor", "to_tensor", {}}, {"Normalize", "normalize", {}}};
const std::vector<Step> kHead{{"Flatten", "flatten", {}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}};

std::vector<Step> operator+(std::vector<Step> a, const std::vector<Step> &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

SourceFacts factsOf(int classes)
{
    SourceFacts facts;
    facts.known = true;
    facts.channels = 1;
    facts.height = facts.width = 28;
    for (int label = 0; label < classes; ++label) {
        facts.classNames.push_back(std::to_string(label));
        facts.counts["train"].push_back(100);
    }
    return facts;
}

NodeId id(const Graph &graph, const char *name)
{
    return graph.findByName(name)->id;
}

void unlink(Graph &graph, const char *from, const char *to)
{
    const std::vector<Link> links = graph.links();
    for (const Link &link : links) {
        if (link.from.node == id(graph, from) && link.to.node == id(graph, to))
            graph.removeLink(link);
    }
}

} // namespace

class RepairsTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = [] {
        NodeRegistry registry = test::dataAndLayers();
        addStructureNodes(registry);
        return registry;
    }();
    const SourceFacts m_facts = factsOf(10);

    NodeId add(Graph &graph, const Step &step) const
    {
        const NodeSpec &spec = *m_registry.find(step.type);
        const NodeId node = graph.addNode(spec, {260.0 * double(graph.nodes().size()), 0});
        graph.rename(node, step.name);
        for (const auto &[name, text] : step.settings)
            graph.setParam(node, name, *parseParam(*spec.findParam(name), text));
        return node;
    }

    /// The steps in a row, with the labels at the loss.
    Graph chain(const std::vector<Step> &steps) const
    {
        Graph graph;
        std::optional<PortRef> before;
        for (const Step &step : steps) {
            const NodeSpec &spec = *m_registry.find(step.type);
            const NodeId node = add(graph, step);
            if (before)
                graph.addLink({*before, {node, spec.inputs.front().name}});
            if (spec.isLoss())
                graph.addLink({{id(graph, "data"), "target"}, {node, "target"}});
            before = spec.outputs.empty() ? std::nullopt : std::optional(PortRef{node, spec.outputs.front().name});
        }
        return graph;
    }

    Issues issuesOf(const Graph &graph, const MemoryBudget &budget = {}) const { return inferShapes(graph, m_registry, m_facts, budget).issues; }

    static void addBroken(const char *name, Broken broken) { QTest::newRow(name) << std::move(broken); }

    void addWires()
    {
        const std::vector<Step> good = kData + std::vector<Step>{{"Conv2d", "conv", {{"padding", "same"}}}, {"ReLU", "relu", {}}} + kHead;
        addBroken("labels missing", {good, "loss", "input-missing", {"Connect 'target' of 'data' to 'loss'"}, [](Graph &graph) { unlink(graph, "data", "loss"); }});
        addBroken("wire missing", {good, "relu", "input-missing", {"Connect 'conv' to 'relu'"}, [](Graph &graph) { unlink(graph, "conv", "relu"); }});
        addBroken("nothing made tensors", {good, "conv", "input-missing", {"Connect 'data' through ToTensor"}, [](Graph &graph) {
            graph.removeNode(id(graph, "normalize"));
            graph.removeNode(id(graph, "to_tensor"));
        }});
        addBroken("leads nowhere", {good, "spare", "unused", {"Delete 'spare'"}, [this](Graph &graph) {
            const NodeId spare = add(graph, {"ReLU", "spare", {}});
            graph.addLink({{id(graph, "conv"), "output"}, {spare, "input"}});
        }});
        addBroken("no loss", {good, "", "no-loss", {"Add CrossEntropyLoss after 'fc'"}, [](Graph &graph) { graph.removeNode(id(graph, "loss")); }});
        addBroken("no head", {good, "", "no-loss", {"Add Flatten, Linear and CrossEntropyLoss after 'relu'"}, [](Graph &graph) {
            for (const char *name : {"loss", "fc", "flatten"})
                graph.removeNode(id(graph, name));
        }});
        addBroken("second main head", {good, "loss2", "second-main-head", {"Set main_head of 'loss2' to false"}, [this](Graph &graph) {
            graph.setParam(id(graph, "loss"), "main_head", true);
            const NodeId second = add(graph, {"CrossEntropyLoss", "loss2", {{"main_head", "true"}}});
            graph.addLink({{id(graph, "fc"), "output"}, {second, "input"}});
            graph.addLink({{id(graph, "data"), "target"}, {second, "target"}});
        }});
        addBroken("second source", {good, "data2", "second-source", {"Delete 'data2'"}, [this](Graph &graph) { add(graph, {"MNIST", "data2", {{"root", "/data"}}}); }});
        addBroken("cycle", {good, "conv", "cycle", {"Remove the wire from 'relu' to 'conv'"}, [](Graph &graph) {
            unlink(graph, "normalize", "conv");
            graph.addLink({{id(graph, "relu"), "output"}, {id(graph, "conv"), "input"}});
        }});
        addBroken("branches of the pipeline", {good, "data", "pipeline-branch", {"Keep one wire from 'data'"}, [this](Graph &graph) {
            const NodeId grey = add(graph, {"Grayscale", "grey", {}});
            graph.addLink({{id(graph, "data"), "image"}, {grey, "input"}});
        }});
        addBroken("batches mixed before Normalize", {{{"MNIST", "data", {{"root", "/data"}}}, {"ToTensor", "to_tensor", {}}, {"MixUp", "mix", {}},
            {"Normalize", "normalize", {}}, {"Flatten", "flatten", {}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}},
            "mix", "batch-step-order", {"Move 'normalize' before 'mix'"}});
        addBroken("unknown type", {good, "magic", "unknown-type", {"Remove 'magic'"}, [](Graph &graph) {
            unlink(graph, "conv", "relu");
            const NodeId magic = graph.addNode({{}, "MagicLayer", "magic", {}, {}, {}});
            graph.addLink({{id(graph, "conv"), "output"}, {magic, "input"}});
            graph.addLink({{magic, "output"}, {id(graph, "relu"), "input"}});
        }});
        const auto junction = [this](const char *type, Settings branch) {
            return [this, type, branch](Graph &graph) {
                unlink(graph, "relu", "flatten");
                const NodeId join = add(graph, {type, "join", {}});
                const NodeId other = add(graph, {"Conv2d", "branch", branch});
                graph.addLink({{id(graph, "relu"), "output"}, {join, "inputs"}});
                graph.addLink({{id(graph, "normalize"), "output"}, {other, "input"}});
                graph.addLink({{other, "output"}, {join, "inputs"}});
                graph.addLink({{join, "output"}, {id(graph, "flatten"), "input"}});
            };
        };
        addBroken("channels differ", {good, "join", "shapes-differ", {"Set out_channels of 'branch' to 32", "Add a 1×1 Conv2d with 32 channels behind 'branch'"},
            junction("Add", {{"out_channels", "16"}, {"padding", "same"}})});
        addBroken("sizes differ", {good, "join", "shapes-differ", {"Set padding of 'branch' to \"same\""}, junction("Concat", {{"kernel_size", "5"}})});
        addBroken("one input alone", {good, "join", "too-few-inputs", {"Connect 'conv' to 'join'", "Remove 'join'"}, [this](Graph &graph) {
            unlink(graph, "relu", "flatten");
            const NodeId join = add(graph, {"Add", "join", {}});
            graph.addLink({{id(graph, "relu"), "output"}, {join, "inputs"}});
            graph.addLink({{join, "output"}, {id(graph, "flatten"), "input"}});
        }});
    }

    /// Makes a block of nodes of the chain.
    std::function<void(Graph &)> block(std::vector<const char *> names) const
    {
        return [this, names](Graph &graph) {
            std::set<NodeId> nodes;
            for (const char *name : names)
                nodes.insert(id(graph, name));
            QVERIFY(collapseIntoBlock(graph, m_registry, nodes, "body").ok());
        };
    }

    /// Leads the wire through a dot.
    void addDot(Graph &graph, const char *from, const char *to) const
    {
        const NodeId dot = graph.addNode(*m_registry.find(kRerouteType), {});
        const Link wire = graph.linksInto(id(graph, to)).front();
        unlink(graph, from, to);
        graph.addLink({wire.from, {dot, "input"}});
        graph.addLink({{dot, "output"}, wire.to});
    }

    void addStructure()
    {
        const Step fc{"Linear", "fc", {{"out_features", "classes"}}};
        const Step loss{"CrossEntropyLoss", "loss", {}};
        const std::vector<Step> pools{{"MaxPool2d", "pool1", {{"kernel_size", "4"}}}, {"MaxPool2d", "pool2", {{"kernel_size", "4"}}}, {"Conv2d", "conv", {}}};
        addBroken("flatten inside a block", {kData + std::vector<Step>{{"Conv2d", "conv", {}}, fc, loss}, "body.fc", "not-flat", {"Add Flatten before 'fc'"}, block({"conv", "fc"})});
        addBroken("flatten behind a block's input", {kData + std::vector<Step>{fc, loss}, "body.fc", "not-flat", {"Add Flatten before 'fc'"}, block({"fc"})});
        addBroken("pool outside the block", {kData + pools + kHead, "body.conv", "kernel-too-large",
            {"Remove 'pool2'", "Set padding of 'conv' to 1", "Add Resize to 56×56 before 'to_tensor'"}, block({"conv"})});
        addBroken("pool inside the block", {kData + pools + kHead, "conv", "kernel-too-large", {"Remove 'pool2'", "Set padding of 'conv' to 1"}, block({"pool1", "pool2"})});
        addBroken("width inside the block", {kData + std::vector<Step>{kHead[0], {"Linear", "fc", {{"out_features", "7"}}}, loss}, "loss", "class-count",
            {"Set out_features of 'fc' to \"classes\""}, block({"flatten", "fc"})});
        addBroken("loss behind a block", {kData + std::vector<Step>{kHead[0], fc, loss}, "", "no-loss", {"Add CrossEntropyLoss after 'body'"}, [this](Graph &graph) {
            graph.removeNode(id(graph, "loss"));
            block({"flatten", "fc"})(graph);
        }});
        addBroken("flatten behind a dot", {kData + std::vector<Step>{fc, loss}, "fc", "not-flat", {"Add Flatten before 'fc'"}, [this](Graph &graph) { addDot(graph, "normalize", "fc"); }});
        addBroken("channels differ behind a dot", {kData + std::vector<Step>{{"Conv2d", "conv", {{"padding", "same"}}}, {"Add", "join", {}}} + kHead, "join", "shapes-differ",
            {"Set out_channels of 'branch' to 32"}, [this](Graph &graph) {
                const NodeId branch = add(graph, {"Conv2d", "branch", {{"out_channels", "16"}, {"padding", "same"}}});
                const NodeId dot = graph.addNode(*m_registry.find(kRerouteType), {});
                graph.addLink({{id(graph, "normalize"), "output"}, {branch, "input"}});
                graph.addLink({{branch, "output"}, {dot, "input"}});
                graph.addLink({{dot, "output"}, {id(graph, "join"), "inputs"}});
            }});
    }

private slots:
    void everyRepairRemovesItsIssue_data()
    {
        QTest::addColumn<Broken>("broken");
        const Step conv{"Conv2d", "conv", {}};
        addBroken("linear on pictures", {kData + std::vector<Step>{conv, {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}}, "fc", "not-flat",
            {"Add Flatten before 'fc'", "Add AdaptiveAvgPool2d and Flatten before 'fc'"}});
        addBroken("loss on pictures", {kData + std::vector<Step>{conv, {"CrossEntropyLoss", "loss", {}}}, "loss", "not-scores",
            {"Add Flatten and Linear before 'loss'", "Add AdaptiveAvgPool2d, Flatten and Linear before 'loss'"}});
        addBroken("convolution behind flatten", {kData + std::vector<Step>{{"Flatten", "flatten", {}}, conv, {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}},
            "conv", "not-a-picture", {"Move 'conv' before 'flatten'", "Remove 'conv'"}});
        const std::vector<Step> lstmHead{{"LSTM", "lstm", {}}, {"Flatten", "flatten", {}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}};
        addBroken("sequences from pictures", {kData + lstmHead, "lstm", "not-a-sequence", {"Add Permute and Flatten, a step for every row of the picture, before 'lstm'",
            "Add Flatten and Permute, a step for every pixel, before 'lstm'", "Add PatchEmbed before 'lstm'"}});
        addBroken("sequences from features", {kData + std::vector<Step>{{"Flatten", "flatten0", {}}} + lstmHead, "lstm", "not-a-sequence",
            {"Add Unflatten, a step for every number, before 'lstm'"}});
        addBroken("volumes from pictures", {kData + std::vector<Step>{{"Conv2d", "conv0", {}}, {"ReLU", "relu", {}}, {"Conv3d", "conv", {{"out_channels", "8"}}}} + kHead, "conv", "not-a-volume",
            {"Use Conv2d in the place of 'conv'", "Add Unflatten, which makes the channels the depth, before 'conv'"}});
        addBroken("kernel larger than what is left", {kData + std::vector<Step>{{"MaxPool2d", "pool1", {{"kernel_size", "4"}}}, {"MaxPool2d", "pool2", {{"kernel_size", "4"}}},
            {"Conv2d", "conv", {}}} + kHead, "conv", "kernel-too-large",
            {"Remove 'pool2'", "Set padding of 'conv' to 1", "Set kernel_size of 'conv' to 1", "Add Resize to 56×56 before 'to_tensor'"}});
        addBroken("dilated kernel", {kData + std::vector<Step>{{"Conv2d", "conv", {{"dilation", "20"}}}} + kHead, "conv", "kernel-too-large", {"Set dilation of 'conv' to 1"}});
        addBroken("pooling of nothing", {kData + std::vector<Step>{{"MaxPool2d", "pool1", {{"kernel_size", "20"}}}, {"MaxPool2d", "pool2", {}}} + kHead, "pool2", "kernel-too-large",
            {"Remove 'pool2'", "Set padding of 'pool2' to 1", "Set kernel_size of 'pool2' to 1"}});
        addBroken("padding of a pool", {kData + std::vector<Step>{{"MaxPool2d", "pool", {{"padding", "2"}}}} + kHead, "pool", "padding-too-large", {"Set padding of 'pool' to 1"}});
        addBroken("same with stride", {kData + std::vector<Step>{{"Conv2d", "conv", {{"padding", "same"}, {"stride", "2"}}}} + kHead, "conv", "same-with-stride",
            {"Set padding of 'conv' to 1", "Set stride of 'conv' to 1"}});
        addBroken("groups", {kData + std::vector<Step>{conv, {"Conv2d", "conv2", {{"groups", "5"}}}} + kHead, "conv2", "groups",
            {"Set groups of 'conv2' to 4", "Set groups of 'conv2' to 1"}});
        addBroken("channels of groups", {kData + std::vector<Step>{conv, {"Conv2d", "conv2", {{"groups", "16"}, {"out_channels", "24"}}}} + kHead, "conv2", "groups",
            {"Set groups of 'conv2' to 8", "Set groups of 'conv2' to 1", "Set out_channels of 'conv2' to 32"}});
        addBroken("axes", {kData + std::vector<Step>{{"Flatten", "flatten", {{"start_dim", "3"}, {"end_dim", "1"}}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}},
            "flatten", "axes-reversed", {}});
        addBroken("axis of the batch", {kData + std::vector<Step>{{"Flatten", "flatten", {{"start_dim", "0"}}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}},
            "flatten", "batch-axis", {"Set start_dim of 'flatten' to 1"}});
        addBroken("too wide", {kData + std::vector<Step>{{"Flatten", "flatten0", {}}, {"Linear", "wide", {{"out_features", "1000000"}}}, {"Linear", "wide2", {{"out_features", "1000000"}}},
            {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}}, "wide2", "too-large", {"Set out_features of 'wide2' to 128"}});
        addBroken("crop larger than pictures", {std::vector<Step>{kData[0], {"RandomCrop", "crop", {{"size", "32"}}}, kData[1], kData[2]} + kHead, "crop", "crop-too-large",
            {"Set pad_if_needed of 'crop' to true", "Set size of 'crop' to 28×28"}});
        addBroken("means for three channels", {std::vector<Step>{kData[0], kData[1], {"Normalize", "normalize", {{"mean", "0.485,0.456,0.406"}, {"std", "0.229,0.224,0.225"}}}} + kHead, "normalize",
            "channel-count", {"Give 'normalize' one mean and one std for all channels"}});
        addBroken("wrong number of scores", {kData + std::vector<Step>{{"Flatten", "flatten", {}}, {"Linear", "fc", {{"out_features", "7"}}}, {"CrossEntropyLoss", "loss", {}}}, "loss", "class-count",
            {"Set out_features of 'fc' to \"classes\""}});
        addBroken("two classes wanted", {kData + std::vector<Step>{{"Flatten", "flatten", {}}, {"Linear", "fc", {{"out_features", "1"}}}, {"BCEWithLogitsLoss", "loss", {}}}, "loss", "not-binary",
            {"Use CrossEntropyLoss in the place of 'loss'"}});
        addBroken("softmax twice", {kData + std::vector<Step>{{"Flatten", "flatten", {}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"Softmax", "softmax", {}}, {"CrossEntropyLoss", "loss", {}}},
            "softmax", "applied-twice", {"Remove 'softmax'"}});
        addBroken("two activations", {kData + std::vector<Step>{conv, {"ReLU", "relu", {}}, {"Tanh", "tanh", {}}} + kHead, "tanh", "activation-twice", {"Remove 'tanh'", "Remove 'relu'"}});
        addBroken("dropout after the head", {kData + std::vector<Step>{kHead[0], kHead[1], {"Dropout", "dropout", {}}, kHead[2]}, "dropout", "dropout-after-head",
            {"Move 'dropout' before 'fc'", "Remove 'dropout'"}});
        addBroken("bias before norm", {kData + std::vector<Step>{conv, {"BatchNorm2d", "bn", {}}} + kHead, "conv", "bias-before-norm", {"Set bias of 'conv' to false"}});
        addBroken("not normalised", {std::vector<Step>{kData[0], kData[1]} + kHead, "to_tensor", "not-normalised", {"Add Normalize after 'to_tensor'"}});
        addBroken("a range the wrong way round", {std::vector<Step>{kData[0], {"RandomResizedCrop", "crop", {{"size", "28"}, {"scale", "1,0.1"}, {"ratio", "2,0.5"}}}, kData[1], kData[2]} + kHead,
            "crop", "range-reversed", {"Put the smaller number first in ratio, scale of 'crop'"}});
        addBroken("thresholds the wrong way round", {std::vector<Step>{kData[0], {"Canny", "canny", {{"threshold1", "200"}, {"threshold2", "100"}}}, kData[1], kData[2]} + kHead,
            "canny", "range-reversed", {"Put the smaller number first in threshold1, threshold2 of 'canny'"}});
        addBroken("a kernel without a middle", {std::vector<Step>{kData[0], {"MedianBlur", "median", {{"ksize", "4"}}}, kData[1], kData[2]} + kHead, "median", "even-kernel",
            {"Set ksize of 'median' to 5"}});
        addBroken("a blur without a middle", {std::vector<Step>{kData[0], {"GaussianBlur", "blur", {{"kernel_size", "3,8"}}}, kData[1], kData[2]} + kHead, "blur", "even-kernel",
            {"Set kernel_size of 'blur' to 3, 9"}});
        addBroken("a colour for grey pictures", {std::vector<Step>{kData[0], {"RandomRotation", "turn", {{"fill", "0,100,200"}}}, kData[1], kData[2]} + kHead, "turn", "channel-count",
            {"Set fill of 'turn' to 100"}});
        addBroken("jitter of nothing", {std::vector<Step>{kData[0], {"ColorJitter", "jitter", {}}, kData[1], kData[2]} + kHead, "jitter", "no-jitter",
            {"Set brightness and contrast of 'jitter' to 0.2", "Remove 'jitter'"}});
        addBroken("memory", {std::vector<Step>{kData[0], {"Resize", "resize", {{"size", "256,256"}}}, kData[1], kData[2], conv} + kHead, "conv", "memory", {"Set size of 'resize' to 128×128"}, {},
            {500'000'000, 32}});
        addWires();
        addStructure();
    }

    void everyRepairRemovesItsIssue()
    {
        QFETCH(Broken, broken);
        Graph graph = chain(broken.steps);
        if (broken.change)
            broken.change(graph);
        const Issues before = issuesOf(graph, broken.budget);
        const NodeId node = broken.node.empty() ? NodeId() : findByPath(graph, broken.node)->id;
        const auto issue = std::ranges::find_if(before, [&](const Issue &one) { return one.node == node && one.code == broken.code; });
        QVERIFY(issue != before.end());
        const auto repairs = repairsFor(graph, m_registry, m_facts, *issue, broken.budget);
        QStringList texts;
        for (const Repair &repair : repairs)
            texts << QString::fromStdString(repair.text);
        QVERIFY(!repairs.empty() && repairs.size() <= 4);
        for (const QString &text : broken.expected)
            QVERIFY2(texts.contains(text), qPrintable(text + " is not in: " + texts.join(" | ")));
        if (!broken.expected.isEmpty())
            QCOMPARE(texts.front(), broken.expected.front());
        for (const Repair &repair : repairs) {
            const Issues after = issuesOf(repair.graph, broken.budget);
            QVERIFY2(std::ranges::none_of(after, [&](const Issue &one) { return one.node == issue->node && one.code == issue->code && one.port == issue->port; }), repair.text.c_str());
            const auto errors = [](const Issues &issues) { return std::ranges::count(issues, Severity::Error, &Issue::severity); };
            QVERIFY2(errors(after) <= errors(before), repair.text.c_str());
            QVERIFY(!(repair.graph == graph));
            for (const Link &link : repair.graph.links())
                QVERIFY2(repair.graph.find(link.from.node)->parent == repair.graph.find(link.to.node)->parent, repair.text.c_str());
        }
    }

    void aNumberToLearnWantsItsOwnHead_data()
    {
        QTest::addColumn<std::string>("loss");
        QTest::addColumn<std::string>("width");
        QTest::addColumn<std::string>("code"); // "" where all is well
        QTest::addColumn<std::string>("repair");
        QTest::newRow("one number") << std::string("MSELoss") << std::string("classes") << std::string() << std::string();
        QTest::newRow("too many numbers") << std::string("MSELoss") << std::string("10") << std::string("not-one-score") << std::string("Set out_features of 'fc' to 1");
        QTest::newRow("cross-entropy") << std::string("CrossEntropyLoss") << std::string("classes") << std::string("learns-number") << std::string("Use MSELoss in the place of 'loss'");
        QTest::newRow("cross-entropy of ten") << std::string("CrossEntropyLoss") << std::string("10") << std::string("learns-number") << std::string("Use MSELoss in the place of 'loss'");
        QTest::newRow("two classes") << std::string("BCEWithLogitsLoss") << std::string("1") << std::string("learns-number") << std::string("Use MSELoss in the place of 'loss'");
        QTest::newRow("no loss") << std::string() << std::string("classes") << std::string("no-loss") << std::string("Add MSELoss after 'fc'");
    }
    void aNumberToLearnWantsItsOwnHead()
    {
        QFETCH(std::string, loss);
        QFETCH(std::string, width);
        QFETCH(std::string, code);
        QFETCH(std::string, repair);
        SourceFacts facts = factsOf(0);
        facts.counts["train"] = {100};
        facts.learnsNumber = true;
        facts.targetName = "price";
        std::vector<Step> steps = kData + std::vector<Step>{kHead[0], {"Linear", "fc", {{"out_features", width}}}};
        if (!loss.empty())
            steps.push_back({loss, "loss", {}});
        const Graph graph = chain(steps);
        const Inference inference = inferShapes(graph, m_registry, facts);
        QCOMPARE(inference.issues.size(), std::size_t(code.empty() ? 0 : 1));
        if (code.empty()) {
            QCOMPARE(inference.nodes.at(id(graph, "fc")).outputs.front(), (Shape{Shape::kBatch, 1}));
            return;
        }
        const Issue &issue = inference.issues.front();
        QCOMPARE(issue.code, code);
        QVERIFY2(code != "learns-number" || issue.text.find("'price': use MSELoss.") != std::string::npos, issue.text.c_str());
        const auto repairs = repairsFor(graph, m_registry, facts, issue);
        QVERIFY(!repairs.empty());
        QCOMPARE(repairs.front().text, repair);
        QVERIFY(inferShapes(repairs.front().graph, m_registry, facts).issues.empty());
    }

    void severalLabelsWantALossThatAsksOfEach_data()
    {
        QTest::addColumn<std::string>("loss");
        QTest::addColumn<bool>("several");
        QTest::addColumn<std::string>("code"); // "" where all is well
        QTest::addColumn<std::string>("repair");
        QTest::newRow("each by itself") << std::string("BCEWithLogitsLoss") << true << std::string() << std::string();
        for (const char *loss : {"CrossEntropyLoss", "MSELoss", "FocalLoss"})
            QTest::newRow(loss) << std::string(loss) << true << std::string("several-labels") << std::string("Use BCEWithLogitsLoss in the place of 'loss'");
        QTest::newRow("no loss") << std::string() << true << std::string("no-loss") << std::string("Add BCEWithLogitsLoss after 'fc'");
        QTest::newRow("one class each") << std::string("BCEWithLogitsLoss") << false << std::string("one-class-each") << std::string("Use CrossEntropyLoss in the place of 'loss'");
    }
    void severalLabelsWantALossThatAsksOfEach()
    {
        QFETCH(std::string, loss);
        QFETCH(bool, several);
        QFETCH(std::string, code);
        QFETCH(std::string, repair);
        SourceFacts facts = factsOf(10);
        facts.severalLabels = several;
        facts.samples["train"] = 100;
        std::vector<Step> steps = kData + std::vector<Step>{kHead[0], {"Linear", "fc", {{"out_features", "classes"}}}};
        if (!loss.empty())
            steps.push_back({loss, "loss", {}});
        const Graph graph = chain(steps);
        const Inference inference = inferShapes(graph, m_registry, facts);
        QCOMPARE(inference.issues.size(), std::size_t(code.empty() ? 0 : 1));
        if (code.empty())
            return;
        QCOMPARE(inference.issues.front().code, code);
        const auto repairs = repairsFor(graph, m_registry, facts, inference.issues.front());
        QVERIFY(!repairs.empty());
        QCOMPARE(repairs.front().text, repair);
        QVERIFY(inferShapes(repairs.front().graph, m_registry, facts).issues.empty());
    }

    void insertedNodesGetRoomInTheirRow()
    {
        const Graph graph = chain(kData + std::vector<Step>{{"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}});
        const Issues before = issuesOf(graph);
        const auto repairs = repairsFor(graph, m_registry, m_facts, before.front());
        QCOMPARE(repairs.front().text, std::string("Add Flatten before 'fc'"));
        const Graph &after = repairs.front().graph;
        QCOMPARE(after.findByName("flatten")->position, (Point{780, 0}));
        QCOMPARE(after.findByName("fc")->position, (Point{1040, 0}));
        QCOMPARE(after.findByName("loss")->position, (Point{1300, 0}));
        QCOMPARE(after.findByName("normalize")->position, graph.findByName("normalize")->position);
    }

    void aHealthyNetworkHasNoWarnings()
    {
        const Graph graph = chain(kData + std::vector<Step>{{"Conv2d", "conv", {{"bias", "false"}}}, {"BatchNorm2d", "bn", {}}, {"ReLU", "relu", {}}, {"Flatten", "flatten", {}},
            {"Dropout", "dropout", {}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"CrossEntropyLoss", "loss", {}}});
        QVERIFY(issuesOf(graph, {std::int64_t(8) << 30, 64}).empty());
    }

    void warningsLeaveAloneWhatIsRight_data()
    {
        QTest::addColumn<Broken>("fine");
        addBroken("softmax before another loss", {kData + std::vector<Step>{{"Flatten", "flatten", {}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"Softmax", "softmax", {}}, {"MSELoss", "loss", {}}}, "", "", {}});
        addBroken("softmax inside", {kData + std::vector<Step>{{"Conv2d", "conv", {}}, {"Softmax", "softmax", {}}} + kHead, "", "", {}});
        addBroken("batch norm for the input", {std::vector<Step>{kData[0], kData[1], {"BatchNorm2d", "bn", {}}} + kHead, "", "", {}});
        addBroken("bias that something else uses", {kData + std::vector<Step>{{"Conv2d", "conv", {{"padding", "same"}}}, {"BatchNorm2d", "bn", {}}} + kHead, "", "", {}, [this](Graph &graph) {
            unlink(graph, "bn", "flatten");
            const NodeId join = add(graph, {"Add", "join", {}});
            graph.addLink({{id(graph, "bn"), "output"}, {join, "inputs"}});
            graph.addLink({{id(graph, "conv"), "output"}, {join, "inputs"}});
            graph.addLink({{join, "output"}, {id(graph, "flatten"), "input"}});
        }});
    }

    void warningsLeaveAloneWhatIsRight()
    {
        QFETCH(Broken, fine);
        Graph graph = chain(fine.steps);
        if (fine.change)
            fine.change(graph);
        for (const Issue &issue : issuesOf(graph))
            QFAIL(issue.text.c_str());
    }

    void warningsSayWhatIsWrongAndWhy()
    {
        const Graph graph = chain(kData + std::vector<Step>{{"Flatten", "flatten", {}}, {"Linear", "fc", {{"out_features", "classes"}}}, {"Softmax", "softmax", {}}, {"CrossEntropyLoss", "loss", {}}});
        const Issues issues = issuesOf(graph);
        QCOMPARE(issues.size(), std::size_t(1));
        QCOMPARE(issues[0].severity, Severity::Warning);
        QCOMPARE(issues[0].text, std::string("Softmax 'softmax' squeezes the scores before CrossEntropyLoss 'loss', which contains a softmax already, "
                                             "so the network learns slowly: remove it."));
    }

    void memoryIsCountedForTheBatch()
    {
        const Graph graph = chain(kData + kHead);
        const Inference inference = inferShapes(graph, m_registry, m_facts);
        const double numbers = 1 + 28 * 28 * 3 + 10; // a label, ToTensor, Normalize, Flatten, Linear
        QCOMPARE(trainingBytes(inference, 2), numbers * 2 * 4 * 2 + 7850.0 * 16);
        QVERIFY(issuesOf(graph, {0, 1'000'000}).empty());
        QVERIFY(issuesOf(graph, {1'000, 0}).empty());
        const Issues issues = issuesOf(graph, {1'000'000'000, 100'000});
        QCOMPARE(issues.size(), std::size_t(1));
        QVERIFY2(issues[0].text.find("batches of 100000 takes about 1.9 GB") != std::string::npos, issues[0].text.c_str());
        QVERIFY2(issues[0].text.find("this machine has 1.0 GB") != std::string::npos, issues[0].text.c_str());
    }
};

QTEST_GUILESS_MAIN(RepairsTest)
#include "tst_repairs.moc"
