// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/infer_shapes.h"
#include "support/table_file.h"
#include "transforms/transform.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace netloom;
using test::openOf;
using test::openTable;
using test::rowOf;
using test::TableFile;

namespace {

using Settings = std::vector<std::pair<std::string, ParamValue>>;

std::vector<float> afterStep(const std::string &type, const Settings &set, const SourceFacts &facts, std::vector<float> row)
{
    NodeRegistry registry;
    addDataNodes(registry);
    Sample sample;
    sample.values = std::move(row);
    sample.shape = Shape{std::int64_t(sample.values.size())};
    std::mt19937_64 unused;
    registry.find(type)->buildTransform(test::sourceParams(type, set), facts)->apply(sample, unused, true);
    return sample.values;
}

bool close(const std::vector<float> &found, const std::vector<float> &expected)
{
    return std::ranges::equal(found, expected, [](float a, float b) { return std::abs(a - b) < 1e-5f; });
}

/// What the step says of its input; "" where it fits.
std::string misfitOf(const std::string &type, const Settings &set, const SourceFacts &facts, const Shape &in)
{
    NodeRegistry registry;
    addDataNodes(registry);
    const Params params = test::sourceParams(type, set);
    const ShapeList shapes{in};
    const InferResult result = registry.find(type)->infer({params, shapes, facts});
    const auto *misfit = std::get_if<Misfit>(&result);
    return misfit ? misfit->code : std::string();
}

} // namespace

class TestTableSteps : public QObject {
    Q_OBJECT

private slots:
    /// scikit-learn's StandardScaler and MinMaxScaler on the columns 1, 2, 6 and 5, 5, 5.
    void scalersDoAsScikitLearns()
    {
        const TableFile file("a,b,word,y\n1,5,p,u\n2,5,q,v\n6,5,p,u\n");
        const auto source = openTable(file);
        const SourceFacts &facts = (*source)->facts();
        const std::vector<float> row = rowOf(**source, 0);
        QCOMPARE(row, (std::vector<float>{1, 5, 1, 0}));
        QVERIFY(close(afterStep("StandardScaler", {}, facts, row), {-0.9258201f, 0, 1, 0}));
        QVERIFY(close(afterStep("StandardScaler", {{"with_std", false}}, facts, row), {-2, 0, 1, 0}));
        QVERIFY(close(afterStep("StandardScaler", {{"with_mean", false}}, facts, row), {0.46291005f, 5, 1, 0}));
        QVERIFY(close(afterStep("MinMaxScaler", {}, facts, {2, 5, 1, 0}), {0.2f, 0, 1, 0}));
        QVERIFY(close(afterStep("MinMaxScaler", {{"feature_range", std::vector<double>{-1, 1}}}, facts, {11, 5, 0, 1}), {3, -1, 0, 1}));
        QVERIFY(close(afterStep("MinMaxScaler", {{"feature_range", std::vector<double>{-1, 1}}, {"clip", true}}, facts, {11, 5, 0, 1}), {1, -1, 0, 1}));
    }

    void oneHotSpreadsIndices()
    {
        const TableFile file("a,word,b,y\n1,q,7,u\n2,r,8,v\n6,p,9,u\n");
        const auto source = openTable(file, {{"encode", std::string("index")}});
        const SourceFacts &facts = (*source)->facts();
        QCOMPARE(rowOf(**source, 1), (std::vector<float>{2, 2, 8}));
        QCOMPARE(afterStep("OneHot", {}, facts, rowOf(**source, 1)), (std::vector<float>{2, 0, 0, 1, 8}));
        QCOMPARE(afterStep("OneHot", {{"drop", std::string("first")}}, facts, rowOf(**source, 0)), (std::vector<float>{1, 1, 0, 7}));
        QVERIFY(close(afterStep("StandardScaler", {}, facts, rowOf(**source, 1)), {-0.46291005f, 2, 0})); // leaves indices to OneHot
    }

    void stepsSayWhatDoesntFit()
    {
        const TableFile file("a,word,y\n1,q,u\n2,r,v\n6,p,u\n");
        const auto words = openTable(file, {{"encode", std::string("index")}});
        const auto spread = openTable(file);
        SourceFacts pictures;
        pictures.known = true;
        for (const char *type : {"StandardScaler", "MinMaxScaler", "OneHot"}) {
            QCOMPARE(misfitOf(type, {}, pictures, Shape{Shape::kBatch, 3, 8, 8}), "not-a-table");
            QCOMPARE(misfitOf(type, {}, pictures, Shape{Shape::kBatch, 10}), "not-a-table");
            QCOMPARE(misfitOf(type, {}, (*words)->facts(), Shape{Shape::kBatch, 4}), "column-count"); // behind OneHot
            QCOMPARE(misfitOf(type, {}, (*words)->facts(), Shape{Shape::kBatch, 2}), "");
            QCOMPARE(misfitOf(type, {}, {}, Shape{Shape::kBatch, Shape::kUnknown}), "");
        }
        QCOMPARE(misfitOf("OneHot", {}, (*spread)->facts(), Shape{Shape::kBatch, 4}), "no-categories");
        QCOMPARE(misfitOf("MinMaxScaler", {{"feature_range", std::vector<double>{1, 0}}}, (*words)->facts(), Shape{Shape::kBatch, 2}), "range-reversed");
    }

    /// The numbers are those of scikit-learn's make_moons(6) and make_circles(8, factor=0.5), and of their definitions.
    void pointsLieAsTheirShapeSays_data()
    {
        QTest::addColumn<QString>("shape");
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("point");
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<int>("label");
        QTest::newRow("outer moon") << "moons" << 12 << 0 << 1.0 << 0.0 << 0;
        QTest::newRow("outer moon's end") << "moons" << 12 << 5 << -1.0 << 0.0 << 0;
        QTest::newRow("inner moon") << "moons" << 12 << 6 << 0.0 << 0.5 << 1;
        QTest::newRow("inner moon, later") << "moons" << 12 << 8 << 1 - std::cos(2 * M_PI / 5) << 0.5 - std::sin(2 * M_PI / 5) << 1;
        QTest::newRow("outer circle") << "circles" << 16 << 2 << 0.0 << 1.0 << 0;
        QTest::newRow("inner circle") << "circles" << 16 << 12 << -0.5 << 0.0 << 1;
        QTest::newRow("spiral's end") << "spirals" << 30 << 27 << -1.0 << 0.0 << 0;
        QTest::newRow("next arm's end") << "spirals" << 30 << 28 << std::cos(2 * M_PI * (1.5 + 1.0 / 3)) << std::sin(2 * M_PI * (1.5 + 1.0 / 3)) << 1;
    }
    void pointsLieAsTheirShapeSays()
    {
        QFETCH(QString, shape);
        QFETCH(int, samples);
        QFETCH(int, point);
        QFETCH(double, x);
        QFETCH(double, y);
        const auto source = openOf("Generated", {{"shape", shape.toStdString()}, {"samples", std::int64_t(samples)}, {"noise", 0.0}});
        QVERIFY(source.ok());
        QVERIFY(close(rowOf(**source, point), {float(x), float(y)}));
        QTEST(int((*source)->label(point)), "label");
    }

    void wavesHaveTheirForm()
    {
        const auto source = openOf("Generated", {{"shape", std::string("waves")}, {"samples", std::int64_t(40)}, {"noise", 0.0}, {"steps", std::int64_t(50)}});
        QVERIFY(source.ok());
        QCOMPARE((*source)->facts().classNames, (std::vector<std::string>{"sine", "square", "triangle", "sawtooth"}));
        QCOMPARE((*source)->facts().columns.size(), std::size_t(50));
        for (std::int64_t sample = 0; sample < 40; ++sample) {
            const auto row = rowOf(**source, sample);
            QCOMPARE(row.size(), std::size_t(50));
            QCOMPARE((*source)->label(sample), sample % 4);
            float highest = 0;
            int rises = 0, jumps = 0;
            for (std::size_t step = 0; step < row.size(); ++step) {
                highest = std::max(highest, std::abs(row[step]));
                rises += step > 0 && row[step] > row[step - 1];
                jumps += step > 0 && std::abs(row[step] - row[step - 1]) > 1.2f;
            }
            QVERIFY(highest > 0.6f && highest <= 1.3f);
            if (sample % 4 == 1)
                QVERIFY(std::ranges::all_of(row, [&](float value) { return std::abs(value) == highest; }));
            if (sample % 4 == 3)
                QVERIFY(rises >= 44 && rises + jumps == 49); // all but the falls
            if (sample % 4 == 0 || sample % 4 == 2)
                QCOMPARE(jumps, 0);
        }
    }

    void noiseSeedAndClassesAreKept()
    {
        const auto xor1 = openOf("Generated", {{"shape", std::string("xor")}, {"samples", std::int64_t(1000)}, {"noise", 0.0}});
        for (std::int64_t point = 0; point < (*xor1)->size(); ++point) {
            const auto row = rowOf(**xor1, point);
            QCOMPARE((*xor1)->label(point), std::int64_t((row[0] > 0) != (row[1] > 0)));
        }
        const auto blobs = openOf("Generated", {{"shape", std::string("blobs")}, {"classes", std::int64_t(4)}});
        QCOMPARE((*blobs)->facts().classCount(), 4);
        QCOMPARE((*blobs)->facts().total("train"), 300);
        const auto again = openOf("Generated", {{"shape", std::string("blobs")}, {"classes", std::int64_t(4)}});
        const auto other = openOf("Generated", {{"shape", std::string("blobs")}, {"classes", std::int64_t(4)}, {"seed", std::int64_t(2)}});
        QCOMPARE(rowOf(**again, 7), rowOf(**blobs, 7));
        QVERIFY(rowOf(**other, 7) != rowOf(**blobs, 7));

        const auto sine = openOf("Generated", {{"shape", std::string("sine")}, {"samples", std::int64_t(5000)}, {"noise", 0.2}});
        QVERIFY((*sine)->facts().learnsNumber);
        double squares = 0;
        for (std::int64_t point = 0; point < (*sine)->size(); ++point)
            squares += std::pow((*sine)->number(point) - std::sin(double(rowOf(**sine, point)[0])), 2);
        QVERIFY(std::abs(std::sqrt(squares / 5000) - 0.2) < 0.01);
    }
};

QTEST_APPLESS_MAIN(TestTableSteps)
#include "tst_table_steps.moc"
