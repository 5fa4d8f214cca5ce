// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "support/data_and_layers.h"
#include "support/formula.h"
#include "support/usual_input.h"

#include <QTest>

using namespace netloom;

namespace {

constexpr auto N = Shape::kBatch;
constexpr auto U = Shape::kUnknown;

using ParamTexts = std::vector<std::pair<std::string, std::string>>;

/// The number that a line says of @p what; nothing where it isn't one of the lines.
std::optional<std::int64_t> inferredSize(const QString &what, const Inferred &inferred)
{
    const Shape &out = inferred.outputs.front();
    for (std::size_t axis = 0; axis < out.rank(); ++axis) {
        if (what == QString::fromStdString(axisName(out, axis)))
            return out[axis];
    }
    if (what == "parameters")
        return inferred.parameters;
    if (what == "multiply-adds")
        return inferred.multiplyAdds;
    return std::nullopt;
}

} // namespace

class ExplainTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = test::dataAndLayers();

    struct Explained {
        Inferred inferred;
        QStringList lines;
    };

    Explained explained(const std::string &type, const ParamTexts &texts, const ShapeList &in) const
    {
        const NodeSpec &spec = *m_registry.find(type);
        Params params = Params::defaults(spec.params);
        for (const auto &[name, text] : texts)
            params.set(name, *parseParam(*spec.findParam(name), text));
        const SourceFacts facts;
        const InferInput input{params, in, facts};
        const InferResult result = spec.infer(input);
        if (const auto *misfit = std::get_if<Misfit>(&result))
            qFatal("%s", misfit->text.c_str());
        Explained explained{std::get<Inferred>(result), {}};
        if (spec.explain) {
            for (const std::string &line : spec.explain(input, explained.inferred))
                explained.lines << QString::fromStdString(line);
        }
        return explained;
    }

private slots:
    void everyLineComesToWhatWasInferred_data()
    {
        QTest::addColumn<std::string>("type");
        QTest::addColumn<ParamTexts>("texts");
        QTest::addColumn<ShapeList>("in");
        auto row = [number = 0](const char *type, ParamTexts texts, ShapeList in) mutable {
            QTest::addRow("%d %s", ++number, type) << std::string(type) << std::move(texts) << std::move(in);
        };
        // Every type with its defaults, then the settings that sizes depend on.
        for (const auto &spec : m_registry.all()) {
            const bool picture = spec->isTransform() && spec->inputs.front().kind == PortKind::Image;
            const bool flat = spec->type == "OneHot" || spec->type.ends_with("Scaler");
            const Shape in = picture ? Shape{3, 40, 50} : flat ? Shape{N, 3} : spec->isLayer() ? test::usualInput(*spec) : Shape{N, 3, 8, 8};
            if (spec->isSource()) {
                ParamTexts paths;
                for (const ParamDecl &decl : spec->params) {
                    if (decl.type == ParamType::Path)
                        paths.emplace_back(decl.name, "/data");
                }
                row(spec->type.c_str(), paths, {});
            } else if (!spec->isLoss()) {
                row(spec->type.c_str(), {}, spec->isLayer() ? test::usualInputs(*spec) : ShapeList{in});
            }
        }
        const Shape picture{N, 6, 13, 10};
        row("Linear", {{"out_features", "5"}, {"bias", "false"}}, {{N, 7}});
        row("Conv2d", {{"kernel_size", "4"}, {"stride", "3,2"}, {"padding", "1,2"}}, {picture});
        row("Conv2d", {{"padding", "same"}, {"kernel_size", "4,5"}, {"dilation", "2"}}, {picture});
        row("Conv2d", {{"padding", "valid"}, {"stride", "2"}}, {picture});
        row("Conv2d", {{"dilation", "3,2"}, {"padding", "1"}}, {picture});
        row("Conv2d", {{"groups", "3"}, {"out_channels", "9"}, {"bias", "false"}}, {picture});
        row("Conv2d", {}, {{N, 3, U, 9}});
        for (const char *ceil : {"false", "true"}) {
            row("MaxPool2d", {{"ceil_mode", ceil}, {"kernel_size", "3"}, {"stride", "2"}, {"padding", "1"}}, {picture});
            row("MaxPool2d", {{"ceil_mode", ceil}, {"kernel_size", "3"}, {"stride", "2"}, {"dilation", "2"}}, {picture});
            row("MaxPool2d", {{"ceil_mode", ceil}, {"kernel_size", "2,3"}, {"stride", "5"}, {"padding", "1"}}, {picture});
            row("AvgPool2d", {{"ceil_mode", ceil}, {"kernel_size", "4,3"}, {"padding", "2,1"}}, {picture});
        }
        row("AdaptiveAvgPool2d", {{"output_size", "20,3"}}, {picture});
        row("Flatten", {{"start_dim", "2"}}, {picture});
        row("Flatten", {{"start_dim", "-3"}, {"end_dim", "-2"}}, {picture});
        row("Flatten", {}, {{N, 3, U, 8}});
        row("BatchNorm2d", {{"affine", "false"}}, {picture});
        row("Add", {}, {{N, 4}, {N, 4}, {N, 4}});
        row("Concat", {}, {picture, {N, 2, 13, 10}});
        row("Concat", {{"dim", "-1"}}, {picture, {N, 6, 13, 4}, picture});
        const Shape steps{N, 7, 12};
        row("Linear", {}, {steps});
        row("Conv1d", {{"stride", "2"}, {"dilation", "2"}, {"groups", "2"}}, {{N, 6, 13}});
        row("Conv3d", {{"padding", "same"}}, {{N, 2, 9, 8, 7}});
        row("ConvTranspose2d", {{"kernel_size", "3,4"}, {"stride", "2,3"}, {"padding", "1"}, {"output_padding", "1"}, {"groups", "2"}, {"dilation", "2"}}, {picture});
        row("LSTM", {{"num_layers", "2"}, {"bidirectional", "true"}}, {steps});
        row("GRU", {{"bias", "false"}}, {steps});
        row("MultiheadAttention", {}, {steps, {N, 3, 12}});
        row("PositionalEncoding", {{"encoding", "learned"}}, {steps});
        row("PReLU", {{"num_parameters", "channels"}}, {picture});
        row("LayerNorm", {{"axes", "3"}}, {picture});
        row("InstanceNorm2d", {{"affine", "true"}}, {picture});
        row("Scale", {{"learned", "channels"}}, {picture});
        row("ZeroPad2d", {{"padding", "1,2,3,4"}}, {{N, 3, U, 8}});
        row("Upsample", {}, {{N, 3, U, 8}});
        row("Resize", {{"size", "24"}}, {{3, 40, 50}});
        row("Resize", {{"size", "24"}}, {{3, 50, 40}});
        row("Resize", {{"size", "24,30"}}, {{3, U, U}});
        row("Resize", {{"size", "24"}, {"max_size", "28"}}, {{3, 40, 50}});
        row("Resize", {{"size", "24"}, {"max_size", "28"}}, {{3, 50, 40}});
        row("Resize", {{"size", "24"}, {"max_size", "28"}}, {{3, 40, 41}});
        row("CenterCrop", {{"size", "24,30"}}, {{3, U, U}});
        row("Pad", {{"padding", "1,2,3,4"}}, {{3, 40, U}});
        row("RandomRotation", {{"expand", "true"}}, {{3, 40, 50}});
        row("Grayscale", {{"num_output_channels", "3"}}, {{3, 5, 4}});
    }

    void everyLineComesToWhatWasInferred()
    {
        QFETCH(std::string, type);
        QFETCH(ParamTexts, texts);
        QFETCH(ShapeList, in);
        const auto [inferred, lines] = explained(type, texts, in);
        const QString shape = QString::fromStdString(inferred.outputs.front().toString());
        if (lines.isEmpty()) // nothing to say: the shape stays
            QCOMPARE(inferred.outputs.front(), in.front());
        QStringList told;
        for (const QString &line : lines) {
            const QString what = line.section(": ", 0, 0);
            const QString result = line.section(line.contains(" = ") ? " = " : ", ", -1);
            told << what;
            if (what == "shape") {
                QCOMPARE(result, shape);
                continue;
            }
            const auto size = inferredSize(what, inferred);
            QVERIFY2(size, qPrintable(line));
            QCOMPARE(result, QString::fromStdString(sizeOrUnknown(*size)));
            if (!line.contains(" = ") || *size == U)
                continue;
            const auto value = test::Formula::value(line.section(": ", 1).section(" = ", 0, 0));
            QVERIFY2(value, qPrintable(line));
            QCOMPARE(std::int64_t(*value), *size);
        }
        for (std::size_t axis = 0; axis < inferred.outputs.front().rank() && !lines.isEmpty(); ++axis)
            QVERIFY(told.contains("shape") || inferred.outputs.front()[axis] == N || told.contains(QString::fromStdString(axisName(inferred.outputs.front(), axis))));
        QVERIFY2(inferred.parameters == 0 || told.contains("parameters"), type.c_str());
    }

    void linesReadAsPeopleWriteThem()
    {
        QCOMPARE(explained("Conv2d", {{"padding", "1"}}, {{N, 1, 28, 28}}).lines,
            QStringList({"channels: set by out_channels, 32", "height: ⌊(28 + 2·1 − 3)/1⌋ + 1 = 28", "width: ⌊(28 + 2·1 − 3)/1⌋ + 1 = 28",
                "parameters: 32·1·3·3 weights + 32 biases = 320", "multiply-adds: 32·1·3·3·28·28 = 225792"}));
        QCOMPARE(explained("Flatten", {}, {{N, 32, 7, 7}}).lines, QStringList({"features: 32·7·7 = 1568"}));
        QVERIFY(explained("Conv2d", {{"dilation", "2"}}, {{N, 1, 9, 9}}).lines.contains("height: ⌊(9 + 2·0 − 2·(3 − 1) − 1)/1⌋ + 1 = 5"));
        QVERIFY(explained("MaxPool2d", {{"ceil_mode", "true"}, {"kernel_size", "2"}, {"stride", "5"}, {"padding", "1"}}, {{N, 6, 10, 10}}).lines.contains(
            "height: ⌈(10 + 2·1 − 2)/5⌉ + 1 = 3"));
        QVERIFY(explained("Conv2d", {}, {{N, 1, U, U}}).lines.contains("height: ⌊(? + 2·0 − 3)/1⌋ + 1 = ?"));
    }

    void axesHaveNames_data()
    {
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<QString>("text");
        QTest::newRow("tensor of pictures") << Shape{N, 32, 28, 28} << "N × 32 channels × 28 high × 28 wide";
        QTest::newRow("one channel") << Shape{N, 1, 7, U} << "N × 1 channel × 7 high × ? wide";
        QTest::newRow("rows") << Shape{N, 10} << "N × 10 features";
        QTest::newRow("picture") << Shape{3, 64, 48} << "3 channels × 64 high × 48 wide";
        QTest::newRow("labels") << Shape{N} << "N labels";
        QTest::newRow("sequence") << Shape{N, 6, 130} << "N × 6 × 130";
        QTest::newRow("unknown") << Shape() << "?";
    }

    void axesHaveNames()
    {
        QFETCH(Shape, shape);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(namedShape(shape)), text);
    }
};

QTEST_GUILESS_MAIN(ExplainTest)
#include "tst_explain.moc"
