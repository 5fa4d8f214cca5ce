// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer_nodes.h"
#include "support/tensor_source.h"
#include "support/torch_probe.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <set>

using namespace netloom;

namespace {

test::PlainTensor tensorFrom(const QJsonValue &json)
{
    test::PlainTensor tensor;
    for (const QJsonValue &size : json["shape"].toArray())
        tensor.shape.push_back(size.toInteger());
    for (const QJsonValue &value : json["values"].toArray())
        tensor.values.push_back(value.toDouble());
    return tensor;
}

std::vector<test::PlainTensor> tensorsFrom(const QJsonValue &json)
{
    std::vector<test::PlainTensor> tensors;
    for (const QJsonValue &tensor : json.toArray())
        tensors.push_back(tensorFrom(tensor));
    return tensors;
}

} // namespace

/// Layers against PyTorch's own: see tests/fixtures/layers/make_cases.py.
class LayerValuesTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = [] {
        NodeRegistry registry;
        addLayerNodes(registry);
        return registry;
    }();
    QJsonArray m_cases;

private slots:
    void initTestCase()
    {
        QFile file(qEnvironmentVariable("NETLOOM_TEST_DATA") + "/layers/cases.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_cases = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(!m_cases.isEmpty());
    }

    /// What a network makes of one sample where its layers have several outputs.
    void everyOutputOfALayerHasItsOwnWire()
    {
        const NodeRegistry registry = test::tensorRegistry();
        const SourceFacts facts = test::tensorFacts(1, 4, 3);
        const std::vector<float> sample{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        const auto network = [&](bool swapped, const char *order) {
            test::ChainBuilder chain(registry);
            chain.then("Flatten");
            const NodeId split = chain.then("Split", {{"split_size", test::whole(6)}});
            const NodeId joined = chain.then("Concat");
            const NodeId linear = chain.then("Linear", {{"out_features", test::word("classes")}});
            Graph graph = chain.endWith("CrossEntropyLoss");
            graph.removeLink({{split, "output"}, {joined, "inputs"}});
            for (const char *output : {swapped ? "rest" : "first", swapped ? "first" : "rest"})
                graph.addLink({{split, output}, {joined, "inputs"}});
            graph.rename(linear, order);
            return test::runNetwork(graph, registry, facts, 1, sample);
        };
        test::ChainBuilder plain(registry);
        plain.then("Flatten");
        plain.then("Linear", {{"out_features", test::word("classes")}});
        const auto expected = test::runNetwork(plain.endWith("CrossEntropyLoss"), registry, facts, 1, sample);
        const auto same = network(false, "fc");
        QVERIFY2(same.failure.empty(), same.failure.c_str());
        QCOMPARE(same.output, expected.output);
        QVERIFY(network(true, "fc").output != expected.output);

        test::ChainBuilder steps(registry);
        steps.then("Reshape", {{"shape", std::vector<double>{4, 4}}});
        const NodeId lstm = steps.then("LSTM", {{"hidden_size", test::whole(5)}});
        const NodeId head = steps.then("Linear", {{"out_features", test::word("classes")}});
        Graph graph = steps.endWith("CrossEntropyLoss");
        graph.removeLink({{lstm, "output"}, {head, "input"}});
        graph.addLink({{lstm, "hidden"}, {head, "input"}});
        const auto run = test::runNetwork(graph, registry, facts, 1, sample);
        QVERIFY2(run.failure.empty(), run.failure.c_str());
        QCOMPARE(run.output.size(), std::size_t(3));
    }

    void everyLayerHasACase()
    {
        std::set<std::string> types;
        for (const QJsonValue &entry : std::as_const(m_cases))
            types.insert(entry["type"].toString().toStdString());
        for (const auto &spec : m_registry.all())
            QVERIFY2(!spec->isLayer() || types.contains(spec->type), spec->type.c_str());
    }

    void outputsArePyTorchs_data()
    {
        QTest::addColumn<int>("index");
        for (int index = 0; index < m_cases.size(); ++index)
            QTest::addRow("%d %s", index, qPrintable(m_cases.at(index)["type"].toString())) << index;
    }

    void outputsArePyTorchs()
    {
        QFETCH(int, index);
        const QJsonValue entry = m_cases.at(index);
        const NodeSpec *spec = m_registry.find(entry["type"].toString().toStdString());
        QVERIFY(spec);
        Params params = Params::defaults(spec->params);
        const QJsonObject texts = entry["params"].toObject();
        for (auto text = texts.begin(); text != texts.end(); ++text) {
            const ParamDecl *decl = spec->findParam(text.key().toStdString());
            QVERIFY2(decl, qPrintable(text.key()));
            const auto value = parseParam(*decl, text.value().toString().toStdString());
            QVERIFY2(value, qPrintable(text.key()));
            params.set(decl->name, *value);
        }
        std::map<std::string, test::PlainTensor> weights;
        const QJsonObject named = entry["weights"].toObject();
        for (auto weight = named.begin(); weight != named.end(); ++weight)
            weights.emplace(weight.key().toStdString(), tensorFrom(weight.value()));
        const auto run = test::runValues(*spec, params, tensorsFrom(entry["inputs"]), weights, entry["training"].toBool());
        QVERIFY2(run.failure.empty(), run.failure.c_str());
        const auto expected = tensorsFrom(entry["outputs"]);
        QCOMPARE(run.outputs.size(), expected.size());
        for (std::size_t port = 0; port < expected.size(); ++port) {
            QCOMPARE(run.outputs[port].shape, expected[port].shape);
            for (std::size_t place = 0; place < expected[port].values.size(); ++place) {
                const double error = std::abs(run.outputs[port].values[place] - expected[port].values[place]);
                QVERIFY2(error < 1e-5 * (1 + std::abs(expected[port].values[place])), qPrintable(QString("output %1, place %2: %3 for %4").arg(port).arg(place)
                        .arg(run.outputs[port].values[place]).arg(expected[port].values[place])));
            }
        }
    }
};

QTEST_GUILESS_MAIN(LayerValuesTest)
#include "tst_layer_values.moc"
