// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer_nodes.h"
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
