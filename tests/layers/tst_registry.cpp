// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer_nodes.h"
#include "support/torch_probe.h"
#include "support/usual_input.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace netloom;

namespace {

constexpr auto N = Shape::kBatch;
constexpr auto U = Shape::kUnknown;

using ParamTexts = std::vector<std::pair<std::string, std::string>>;

SourceFacts factsWith(int classes)
{
    SourceFacts facts;
    facts.known = classes > 0;
    for (int label = 0; label < classes; ++label)
        facts.classNames.push_back(std::to_string(label));
    return facts;
}

} // namespace

class RegistryTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = [] {
        NodeRegistry registry;
        addLayerNodes(registry);
        return registry;
    }();

    /// The type's defaults, changed as people would type it.
    Params paramsOf(const NodeSpec &spec, const ParamTexts &texts) const
    {
        Params params = Params::defaults(spec.params);
        for (const auto &[name, text] : texts) {
            const auto value = parseParam(*spec.findParam(name), text);
            if (!value)
                qFatal("%s", value.error().text.c_str());
            params.set(name, *value);
        }
        return params;
    }

private slots:
    void everyTypeIsDocumented()
    {
        std::set<std::string> types;
        for (const auto &spec : m_registry.all()) {
            const char *type = spec->type.c_str();
            QVERIFY2(types.insert(spec->type).second, type);
            QVERIFY2(spec->doc.size() > 30 && spec->doc.ends_with('.'), type);
            QVERIFY2(spec->keywords.size() >= 3, type);
            QVERIFY2(!spec->inputs.empty() && spec->infer, type);
            QVERIFY2(spec->outputs.empty() == spec->isLoss(), type);
            QVERIFY2(bool(spec->buildLayer) == spec->isLayer() && bool(spec->buildLoss) == spec->isLoss(), type);
            for (const PortDecl &port : spec->inputs)
                QVERIFY2(!port.doc.empty(), type);
            for (const ParamDecl &param : spec->params) {
                QVERIFY2(param.docText.size() > 10 && param.docText.ends_with('.'), (spec->type + "." + param.name).c_str());
                QVERIFY2(validateParam(param, param.fallback).ok(), (spec->type + "." + param.name).c_str());
            }
        }
        QCOMPARE(types.size(), std::size_t(68));
    }

    void defaultsInferAndBuild()
    {
        for (const auto &spec : m_registry.all()) {
            const char *type = spec->type.c_str();
            const Params params = Params::defaults(spec->params);
            const bool binary = spec->type == "BCEWithLogitsLoss";
            const Shape in = binary ? Shape{N, 1} : spec->isLoss() ? Shape{N, 3} : test::usualInput(*spec);
            const ShapeList inputs = spec->isLoss() ? ShapeList{in, Shape{N}} : test::usualInputs(*spec);
            const SourceFacts facts = factsWith(binary ? 2 : 3);
            const InferResult result = spec->infer({params, inputs, facts});
            QVERIFY2(std::holds_alternative<Inferred>(result), type);
            if (spec->isLoss()) {
                const auto run = test::runLoss(*spec, params, in, facts.classCount());
                QVERIFY2(run.failure.empty(), run.failure.c_str());
            } else {
                const auto run = test::runLayer(*spec, params, inputs);
                QVERIFY2(run.failure.empty(), run.failure.c_str());
                QCOMPARE(run.outputs, std::get<Inferred>(result).outputs);
            }
        }
    }

    void inferredShapesAreLibTorchs_data()
    {
        QTest::addColumn<std::string>("type");
        QTest::addColumn<ParamTexts>("texts");
        QTest::addColumn<ShapeList>("in");
        const auto row = [](const char *type, ParamTexts texts, ShapeList in) {
            std::string name = type;
            for (const auto &[param, text] : texts)
                name.append(" ").append(param).append("=").append(text);
            QTest::newRow((name + " on " + in[0].toString()).c_str()) << std::string(type) << std::move(texts) << std::move(in);
        };
        const Shape picture{N, 6, 13, 10};
        row("Linear", {{"out_features", "5"}}, {{N, 7}});
        row("Linear", {{"out_features", "5"}, {"bias", "false"}}, {{N, 7}});
        row("Conv2d", {{"kernel_size", "3,5"}}, {picture});
        row("Conv2d", {{"kernel_size", "4"}, {"stride", "3,2"}, {"padding", "1,2"}}, {picture});
        row("Conv2d", {{"padding", "same"}, {"kernel_size", "4,5"}, {"dilation", "2"}}, {picture});
        row("Conv2d", {{"padding", "same"}, {"kernel_size", "21"}}, {picture});
        row("Conv2d", {{"padding", "valid"}, {"stride", "2"}}, {picture});
        row("Conv2d", {{"dilation", "3,2"}, {"padding", "1"}}, {picture});
        row("Conv2d", {{"groups", "3"}, {"out_channels", "9"}, {"bias", "false"}}, {picture});
        row("Conv2d", {{"groups", "6"}, {"out_channels", "12"}}, {picture});
        row("Conv2d", {{"kernel_size", "13,10"}}, {picture});
        for (const char *ceil : {"false", "true"}) {
            row("MaxPool2d", {{"ceil_mode", ceil}}, {picture});
            row("MaxPool2d", {{"ceil_mode", ceil}, {"kernel_size", "3"}, {"stride", "2"}, {"padding", "1"}}, {picture});
            row("MaxPool2d", {{"ceil_mode", ceil}, {"kernel_size", "3"}, {"stride", "2"}, {"dilation", "2"}}, {picture});
            row("MaxPool2d", {{"ceil_mode", ceil}, {"kernel_size", "2,3"}, {"stride", "5"}, {"padding", "1"}}, {picture});
            row("AvgPool2d", {{"ceil_mode", ceil}, {"kernel_size", "3"}, {"stride", "2"}, {"padding", "1"}}, {picture});
            row("AvgPool2d", {{"ceil_mode", ceil}, {"kernel_size", "4,3"}, {"count_include_pad", "false"}, {"padding", "2,1"}}, {picture});
        }
        row("MaxPool2d", {{"ceil_mode", "true"}, {"kernel_size", "3"}, {"stride", "2"}}, {{N, 2, 2, 2}});
        row("AdaptiveAvgPool2d", {{"output_size", "1"}}, {picture});
        row("AdaptiveAvgPool2d", {{"output_size", "20,3"}}, {picture});
        row("Flatten", {}, {picture});
        row("Flatten", {{"start_dim", "2"}}, {picture});
        row("Flatten", {{"start_dim", "-3"}, {"end_dim", "-2"}}, {picture});
        row("Flatten", {{"start_dim", "3"}, {"end_dim", "3"}}, {picture});
        row("ReLU", {}, {picture});
        row("Sigmoid", {}, {{N, 4}});
        row("Tanh", {}, {picture});
        row("Softmax", {}, {{N, 4}});
        row("Softmax", {{"dim", "-1"}}, {picture});
        row("Dropout", {{"p", "0"}}, {picture});
        row("Dropout", {{"p", "1"}}, {{N, 4}});
        row("BatchNorm2d", {}, {picture});
        row("BatchNorm2d", {{"affine", "false"}, {"momentum", "0"}}, {picture});
        row("Add", {}, {picture, picture});
        row("Add", {}, {{N, 4}, {N, 4}, {N, 4}});
        row("Concat", {}, {picture, {N, 2, 13, 10}});
        row("Concat", {{"dim", "-1"}}, {picture, {N, 6, 13, 4}, picture});
        row("Concat", {{"dim", "2"}}, {picture, {N, 6, 1, 10}});
        const Shape signal{N, 6, 13};
        const Shape steps{N, 7, 12};
        row("Linear", {{"out_features", "5"}}, {steps});
        row("Conv1d", {{"kernel_size", "4"}, {"stride", "3"}, {"padding", "2"}, {"dilation", "2"}, {"groups", "2"}}, {signal});
        row("Conv1d", {{"padding", "same"}}, {signal});
        row("Conv3d", {{"stride", "2"}, {"bias", "false"}}, {{N, 2, 9, 8, 7}});
        row("ConvTranspose2d", {}, {picture});
        row("ConvTranspose2d", {{"kernel_size", "3,4"}, {"stride", "2,3"}, {"padding", "1"}, {"output_padding", "1"}, {"groups", "2"}}, {picture});
        row("ConvTranspose2d", {{"dilation", "2"}, {"bias", "false"}}, {picture});
        for (const char *ceil : {"false", "true"}) {
            row("MaxPool1d", {{"ceil_mode", ceil}, {"kernel_size", "3"}, {"stride", "2"}, {"padding", "1"}}, {signal});
            row("AvgPool1d", {{"ceil_mode", ceil}, {"kernel_size", "4"}, {"padding", "2"}, {"stride", "5"}}, {signal});
        }
        row("AdaptiveMaxPool2d", {{"output_size", "20,3"}}, {picture});
        for (const char *type : {"LSTM", "GRU", "RNN"}) {
            row(type, {{"hidden_size", "5"}}, {steps});
            row(type, {{"hidden_size", "5"}, {"num_layers", "3"}, {"bidirectional", "true"}}, {steps});
            row(type, {{"bias", "false"}, {"num_layers", "2"}}, {steps});
        }
        row("Embedding", {{"num_embeddings", "20"}, {"embedding_dim", "3"}}, {{N, 7}});
        row("MultiheadAttention", {{"num_heads", "3"}}, {steps});
        row("MultiheadAttention", {}, {steps, {N, 3, 12}});
        row("MultiheadAttention", {{"is_causal", "true"}, {"dropout", "0.5"}}, {steps, steps, steps});
        row("TransformerEncoderLayer", {{"nhead", "2"}, {"dim_feedforward", "9"}, {"norm_first", "true"}}, {steps});
        row("PositionalEncoding", {{"encoding", "learned"}}, {{N, 7, 5}});
        row("PositionalEncoding", {}, {{N, 7, 5}});
        row("PatchEmbed", {{"patch_size", "4,3"}}, {picture});
        row("SqueezeExcite", {{"reduction", "100"}}, {picture});
        row("PReLU", {{"num_parameters", "channels"}}, {picture});
        row("BatchNorm1d", {}, {signal});
        row("LayerNorm", {{"axes", "3"}}, {picture});
        row("GroupNorm", {{"num_groups", "3"}}, {picture});
        row("InstanceNorm2d", {{"affine", "true"}}, {picture});
        row("Unflatten", {{"dim", "-1"}, {"unflattened_size", "5, -1"}}, {picture});
        row("Reshape", {{"shape", "13, 60"}}, {picture});
        row("Permute", {{"dims", "0, 3, 1, 2"}}, {picture});
        row("Upsample", {{"scale_factor", "2,3"}, {"mode", "bilinear"}}, {picture});
        row("PixelShuffle", {}, {{N, 12, 3, 5}});
        row("ZeroPad2d", {{"padding", "1, 2, 3, 4"}}, {picture});
        row("ReflectionPad2d", {{"padding", "3"}}, {picture});
        row("Sub", {}, {picture, {N, 1, 13, 1}});
        row("Mul", {}, {{N, 1, 13, 10}, picture, {N, 6, 1, 1}});
        row("Split", {{"dim", "3"}, {"split_size", "3"}}, {picture});
        row("Scale", {{"learned", "channels"}}, {picture});
        row("Function", {{"formula", "x[:, :, 0:3].mean(dim=1)"}}, {steps});
        row("Function", {{"formula", "torch.matmul(x, y.transpose(1, 2)).softmax(dim=-1)"}}, {steps, {N, 3, 12}});
        row("Function", {{"formula", "x.reshape(x.size(0), -1) * (x.size(1) - 1)"}}, {steps});
    }

    void inferredShapesAreLibTorchs()
    {
        QFETCH(std::string, type);
        QFETCH(ParamTexts, texts);
        QFETCH(ShapeList, in);
        const NodeSpec &spec = *m_registry.find(type);
        const Params params = paramsOf(spec, texts);
        const InferResult result = spec.infer({params, in, factsWith(0)});
        if (const auto *misfit = std::get_if<Misfit>(&result))
            QFAIL(misfit->text.c_str());
        const auto run = test::runLayer(spec, params, in);
        QVERIFY2(run.failure.empty(), run.failure.c_str());
        QCOMPARE(std::get<Inferred>(result).outputs.size(), run.outputs.size());
        for (std::size_t port = 0; port < run.outputs.size(); ++port)
            QCOMPARE(std::get<Inferred>(result).outputs[port].toString(), run.outputs[port].toString());
        QCOMPARE(std::get<Inferred>(result).parameters, run.parameters);
        QVERIFY(run.trains);
    }

    void weightsStartAsTheRuleSays()
    {
        const NodeSpec &linear = *m_registry.find("Linear");
        const auto numbers = [&](const char *rule, const char *name = "weight") {
            return test::initialWeightsOf(linear, paramsOf(linear, {{"out_features", "200"}, {"init", rule}}), {{N, 300}}).at(name).values;
        };
        const auto deviation = [](const std::vector<double> &values) {
            double sum = 0;
            for (const double value : values)
                sum += value * value;
            return std::sqrt(sum / double(values.size()));
        };
        QVERIFY(std::ranges::all_of(numbers("zeros"), [](double value) { return value == 0; }));
        const auto [low, high] = std::ranges::minmax(numbers("uniform"));
        QVERIFY(low >= 0 && low < 0.01 && high <= 1 && high > 0.99);
        QVERIFY(std::abs(deviation(numbers("normal")) - 0.02) < 0.0005);
        QVERIFY(std::abs(std::ranges::max(numbers("xavier")) - std::sqrt(6.0 / 500)) < 0.001); // Glorot and Bengio 2010
        QVERIFY(std::abs(deviation(numbers("kaiming")) - std::sqrt(2.0 / 300)) < 0.001);      // He et al. 2015
        const auto rows = numbers("orthogonal");
        for (const int other : {0, 1, 57}) {
            double product = 0;
            for (int column = 0; column < 300; ++column)
                product += rows[std::size_t(column)] * rows[std::size_t(other * 300 + column)];
            QVERIFY(std::abs(product - (other == 0)) < 1e-5);
        }
        QVERIFY(std::ranges::all_of(numbers("kaiming", "bias"), [](double value) { return value == 0; }));
        QVERIFY(std::ranges::any_of(numbers("default", "bias"), [](double value) { return value != 0; }));
    }

    void everyLayerWithMatricesHasInitialisers()
    {
        for (const auto &spec : m_registry.all()) {
            if (!spec->isLayer())
                continue;
            const auto layer = test::initialWeightsIfAny(*spec, Params::defaults(spec->params), test::usualInputs(*spec));
            const bool matrices = std::ranges::any_of(layer, [](const auto &weight) { return weight.second.shape.size() > 1; });
            const ParamDecl *init = spec->findParam("init");
            QVERIFY2(!matrices || (init && init->type == ParamType::Choice), spec->type.c_str());
        }
    }

    void multiplyAddsAreCounted()
    {
        const auto count = [&](const char *type, const ParamTexts &texts, const Shape &in) {
            const NodeSpec &spec = *m_registry.find(type);
            const Params params = paramsOf(spec, texts);
            return std::get<Inferred>(spec.infer({params, {in}, factsWith(0)})).multiplyAdds;
        };
        QCOMPARE(count("Linear", {{"out_features", "5"}}, {N, 7}), 35);
        QCOMPARE(count("Conv2d", {{"out_channels", "4"}, {"groups", "2"}, {"padding", "same"}}, {N, 6, 8, 8}), 4 * 3 * 9 * 64);
        QCOMPARE(count("ReLU", {}, {N, 7}), 0);
        QCOMPARE(count("ConvTranspose2d", {{"out_channels", "5"}, {"kernel_size", "3"}}, {N, 6, 8, 8}), 6 * 5 * 9 * 64);
        QCOMPARE(count("LSTM", {{"hidden_size", "5"}}, {N, 7, 3}), 7 * 4 * 5 * (3 + 5));
        QCOMPARE(count("MultiheadAttention", {}, {N, 7, 12}), 7 * 4 * 12 * 12 + 2 * 7 * 7 * 12);
    }

    void unknownSizesPassThroughWhereTheyMay()
    {
        const auto outputOf = [&](const char *type, const ParamTexts &texts, const ShapeList &in) {
            const NodeSpec &spec = *m_registry.find(type);
            const Params params = paramsOf(spec, texts);
            const InferResult result = spec.infer({params, in, factsWith(0)});
            return std::holds_alternative<Misfit>(result) ? std::get<Misfit>(result).text : std::get<Inferred>(result).outputs.at(0).toString();
        };
        QCOMPARE(outputOf("Conv2d", {}, {{N, 3, U, U}}), std::string("N×32×?×?"));
        QCOMPARE(outputOf("MaxPool2d", {}, {{N, 3, U, 8}}), std::string("N×3×?×4"));
        QCOMPARE(outputOf("AdaptiveAvgPool2d", {}, {{N, 3, U, U}}), std::string("N×3×1×1"));
        QCOMPARE(outputOf("Flatten", {}, {{N, 3, U, 8}}), std::string("N×?"));
        QCOMPARE(outputOf("Add", {}, {{N, 3, U, 8}, {N, 3, 7, U}}), std::string("N×3×7×8"));
        QCOMPARE(outputOf("Concat", {}, {{N, 3, U, 8}, {N, U, 7, 8}}), std::string("N×?×7×8"));
        QCOMPARE(outputOf("ConvTranspose2d", {}, {{N, 3, U, 8}}), std::string("N×32×?×16"));
        QCOMPARE(outputOf("LSTM", {}, {{N, U, 8}}), std::string("N×?×64"));
        QCOMPARE(outputOf("MultiheadAttention", {}, {{N, U, 8}}), std::string("N×?×8"));
        QCOMPARE(outputOf("Reshape", {}, {{N, 3, U, 8}}), std::string("N×?"));
        QCOMPARE(outputOf("Mul", {}, {{N, 3, U, 8}, {N, 3, 1, U}}), std::string("N×3×?×8"));
        QCOMPARE(outputOf("Function", {{"formula", "torch.cat([x, x[:, :, 0:2]], dim=2)"}}, {{N, U, 8}}), std::string("N×?×10"));
    }

    void misfitsSayWhatAndHowToMendIt_data()
    {
        QTest::addColumn<std::string>("type");
        QTest::addColumn<ParamTexts>("texts");
        QTest::addColumn<ShapeList>("in");
        QTest::addColumn<int>("classes");
        QTest::addColumn<std::string>("code");
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("mend");
        auto row = [number = 0](const char *type, ParamTexts texts, ShapeList in, int classes, const char *code, const char *text, const char *mend) mutable {
            QTest::addRow("%d %s %s", ++number, type, code)
                << std::string(type) << std::move(texts) << std::move(in) << classes << std::string(code) << std::string(text) << std::string(mend);
        };
        const Shape picture{N, 32, 7, 7};
        row("Linear", {}, {picture}, 0, "not-flat", "needs a flat input but gets N×32×7×7", "add Flatten before it");
        row("Linear", {}, {{N, U}}, 0, "unknown-size", "needs to know the number of features but gets N×?", "choose the data");
        row("Linear", {}, {{N, U}}, 3, "unknown-size", "but gets N×?", "add Resize before ToTensor");
        row("Linear", {{"out_features", "classes"}}, {{N, 4}}, 0, "classes-unknown", "aren't known yet", "choose the data");
        row("Linear", {{"out_features", "1000000"}}, {{N, 1'000'000}}, 0, "too-large", "more weights than any memory holds", "smaller");
        row("Linear", {{"out_features", "1000000"}}, {{N, INT64_MAX}}, 0, "too-large", "more weights than any memory holds", "smaller");
        row("Conv2d", {}, {{N, 10}}, 0, "not-a-picture", "needs pictures (N×C×H×W) but gets N×10", "put it before Flatten");
        row("Conv2d", {}, {{N, U, 7, 7}}, 0, "unknown-size", "the number of channels", "choose the data");
        row("Conv2d", {{"kernel_size", "5"}}, {{N, 1, 3, 3}}, 0, "kernel-too-large", "has kernel 5×5, larger than its input 3×3", "use a smaller kernel_size");
        row("Conv2d", {{"kernel_size", "9,3"}, {"padding", "1"}}, {{N, 1, 3, U}}, 0, "kernel-too-large", "has kernel 9×3, larger than its padded input 5×?", "smaller kernel_size");
        row("Conv2d", {{"dilation", "4"}}, {picture}, 0, "kernel-too-large", "spread to 9×9 by its dilation, larger than its input 7×7", "");
        row("Conv2d", {{"padding", "same"}, {"stride", "2"}}, {picture}, 0, "same-with-stride", "stride 2×2", "set stride to 1");
        row("Conv2d", {{"groups", "5"}}, {picture}, 0, "groups", "5 groups, which do not divide its 32 input channels", "divisor of 32");
        row("Conv2d", {{"groups", "2"}, {"out_channels", "3"}}, {picture}, 0, "groups", "out_channels 3", "multiple of 2");
        row("Conv2d", {{"out_channels", "65536"}, {"padding", "4096"}}, {picture}, 0, "too-large", "would give N×65536×", "smaller");
        row("MaxPool2d", {{"kernel_size", "8"}}, {picture}, 0, "kernel-too-large", "has kernel 8×8, larger than its input 7×7", "");
        row("MaxPool2d", {{"padding", "2"}}, {picture}, 0, "padding-too-large", "more than half of its kernel 2×2", "smaller padding");
        row("AvgPool2d", {}, {{N, 10}}, 0, "not-a-picture", "gets N×10", "");
        row("AdaptiveAvgPool2d", {}, {{N, 10}}, 0, "not-a-picture", "gets N×10", "");
        row("BatchNorm2d", {}, {{N, 10}}, 0, "not-a-picture", "gets N×10", "");
        row("Flatten", {{"start_dim", "0"}}, {picture}, 0, "batch-axis", "start_dim 0", "set start_dim from 1 to 3");
        row("Flatten", {{"end_dim", "7"}}, {picture}, 0, "no-such-axis", "end_dim 7", "-1 for the last");
        row("Flatten", {{"start_dim", "3"}, {"end_dim", "1"}}, {picture}, 0, "axes-reversed", "end_dim 1 before start_dim 3", "set end_dim to -1");
        row("Softmax", {{"dim", "2"}}, {{N, 10}}, 0, "no-such-axis", "dim 2", "set dim to 1");
        row("Softmax", {{"dim", "-2"}}, {{N, 10}}, 0, "batch-axis", "dim -2", "set dim to 1");
        row("Add", {}, {picture}, 0, "too-few-inputs", "at least two wires", "connect a second one");
        row("Add", {}, {picture, {N, 16, 7, 7}}, 0, "shapes-differ", "N×32×7×7 and N×16×7×7", "same shape");
        row("Add", {}, {picture, {N, 32}}, 0, "shapes-differ", "N×32×7×7 and N×32", "same shape");
        row("Concat", {}, {picture}, 0, "too-few-inputs", "at least two wires", "connect a second one");
        row("Concat", {}, {picture, {N, 32, 7, 8}}, 0, "shapes-differ", "N×32×7×7 and N×32×7×8", "");
        row("Concat", {{"dim", "0"}}, {picture, picture}, 0, "batch-axis", "dim 0", "set dim from 1 to 3");
        const Shape steps{N, 5, 12};
        row("Conv1d", {}, {picture}, 0, "not-channels", "(N×C×L) but gets N×32×7×7", "Flatten with start_dim 2");
        row("Conv1d", {{"kernel_size", "20"}}, {steps}, 0, "kernel-too-large", "has kernel 20, larger than its input 12", "smaller kernel_size");
        row("Conv3d", {}, {picture}, 0, "not-a-volume", "(N×C×D×H×W) but gets N×32×7×7", "Reshape");
        row("ConvTranspose2d", {{"output_padding", "2"}}, {picture}, 0, "output-padding", "smaller than stride", "set output_padding to 0");
        row("ConvTranspose2d", {{"padding", "20"}}, {picture}, 0, "padding-too-large", "padding 20×20", "smaller padding");
        row("LSTM", {}, {picture}, 0, "not-a-sequence", "gets N×32×7×7", "Permute with dims 0, 2, 1");
        row("GRU", {}, {{N, 7}}, 0, "not-a-sequence", "gets N×7", "Unflatten");
        row("Embedding", {}, {steps}, 0, "not-flat", "gets N×5×12", "Flatten");
        row("MultiheadAttention", {{"num_heads", "5"}}, {steps}, 0, "heads", "5 heads, which do not divide its 12 features", "divisor of 12");
        row("MultiheadAttention", {}, {steps, {N, 5, 8}}, 0, "shapes-differ", "N×5×12 and N×5×8", "Linear");
        row("MultiheadAttention", {}, {steps, steps, steps, steps}, 0, "too-many-inputs", "but has 4", "remove one");
        row("TransformerEncoderLayer", {{"nhead", "7"}}, {steps}, 0, "heads", "7 heads", "set nhead");
        row("PatchEmbed", {{"patch_size", "8"}}, {picture}, 0, "kernel-too-large", "patches of 8×8, larger than its input 7×7", "patch_size");
        row("BatchNorm1d", {}, {picture}, 0, "not-flat", "gets N×32×7×7", "use BatchNorm2d");
        row("LayerNorm", {{"axes", "3"}}, {steps}, 0, "no-such-axis", "the last 3 axes", "lower axes");
        row("GroupNorm", {{"num_groups", "5"}}, {picture}, 0, "groups", "5 groups", "divisor of 32");
        row("InstanceNorm2d", {}, {{N, 3, 1, 1}}, 0, "one-pixel", "one pixel", "before the pooling");
        row("Unflatten", {{"unflattened_size", "5, 7"}}, {picture}, 0, "sizes-differ", "does not make up its 32", "product is 32");
        row("Unflatten", {{"dim", "0"}}, {picture}, 0, "batch-axis", "dim 0", "");
        row("Reshape", {{"shape", "5, -1"}}, {picture}, 0, "sizes-differ", "does not divide its 1568 numbers", "");
        row("Reshape", {{"shape", "-1, -1"}}, {picture}, 0, "bad-size", "more than one -1", "");
        row("Reshape", {{"shape", "2.5, -1"}}, {picture}, 0, "not-whole", "2.5", "");
        row("Permute", {}, {picture}, 0, "not-all-axes", "has the axes 0 to 3", "0, 3, 2, 1");
        row("Permute", {{"dims", "1, 0, 2"}}, {steps}, 0, "batch-axis", "samples", "begin dims with 0");
        row("PixelShuffle", {{"upscale_factor", "3"}}, {picture}, 0, "shuffle-channels", "that 9", "multiple of 9");
        row("ZeroPad2d", {{"padding", "1, 2"}}, {picture}, 0, "border-count", "padding 1, 2", "left, right, top and bottom");
        row("ReflectionPad2d", {{"padding", "7"}}, {picture}, 0, "padding-too-large", "mirrors 7 px", "smaller");
        row("Sub", {}, {picture, {N, 16, 7, 7}}, 0, "shapes-differ", "N×32×7×7 and N×16×7×7", "same shape");
        row("Mul", {}, {picture}, 0, "too-few-inputs", "two wires", "");
        row("Split", {{"split_size", "32"}}, {picture}, 0, "split-size", "puts 32 in the first part", "1 to 31");
        row("Function", {{"formula", "x +"}}, {picture}, 0, "bad-formula", "can't compute \"x +\"", "write one line such as");
        row("Function", {{"formula", "foo(x)"}}, {picture}, 0, "bad-formula", "undefined value foo", "");
        row("Function", {{"formula", "y * 2"}}, {picture}, 0, "bad-formula", "undefined value y", "");
        row("Function", {{"formula", "x.size(1)"}}, {picture}, 0, "bad-formula", "it gives int, not a tensor", "");
        row("Function", {{"formula", "x.sum()"}}, {picture}, 0, "bad-formula", "samples as first axis", "");
        row("Function", {{"formula", "torch.matmul(x, y)"}}, {picture, {N, 32, 6, 7}}, 0, "bad-formula", "with N×32×7×7 and N×32×6×7", "");
        // A project from elsewhere must not be able to do more than arithmetic.
        row("Function", {{"formula", "torch.save(x, \"/tmp/netloom\")"}}, {picture}, 0, "bad-formula", "save", "");
        row("Function", {{"formula", "torch.from_file(\"/etc/passwd\", False, 10)"}}, {picture}, 0, "bad-formula", "'from_file' is not allowed", "");
        row("Function", {{"formula", "torch.zeros([100000, 100000, 100000])"}}, {picture}, 0, "bad-formula", "'zeros' is not allowed", "");
        row("Function", {{"formula", "x.mul_(2.0)"}}, {picture}, 0, "bad-formula", "'mul_' is not allowed", "");
        row("Function", {{"formula", "torch.stack([x for i in range(9)])"}}, {picture}, 0, "bad-formula", "", "");
        row("Function", {{"formula", "x if x.size(0) > 1 else -x"}}, {picture}, 0, "bad-formula", "not allowed", "");
        row("CrossEntropyLoss", {}, {{N, 10}, {N}}, 2, "class-count", "gets N×10 but the data has 2 classes", "set out_features of the last Linear to \"classes\"");
        row("CrossEntropyLoss", {}, {picture, {N}}, 2, "not-scores", "gets N×32×7×7", "add Flatten and a Linear before it");
        row("CrossEntropyLoss", {}, {{N, U}, {N}}, 0, "unknown-size", "gets N×?", "choose the data");
        row("BCEWithLogitsLoss", {}, {{N, 1}, {N}}, 10, "not-binary", "the data has 10", "use CrossEntropyLoss");
        row("BCEWithLogitsLoss", {}, {{N, 3}, {N}}, 2, "not-one-score", "(N×1) but gets N×3", "set out_features of the last Linear to 1");
        row("MSELoss", {}, {{N, 1}, {N}}, 3, "not-binary", "the data has 3", "");
        row("MSELoss", {}, {{N, 5}, {N}}, 3, "class-count", "gets N×5 but the data has 3 classes", "");
    }

    void misfitsSayWhatAndHowToMendIt()
    {
        QFETCH(std::string, type);
        QFETCH(ParamTexts, texts);
        QFETCH(ShapeList, in);
        QFETCH(int, classes);
        QFETCH(std::string, code);
        QFETCH(std::string, text);
        QFETCH(std::string, mend);
        const NodeSpec &spec = *m_registry.find(type);
        const Params params = paramsOf(spec, texts);
        const InferResult result = spec.infer({params, in, factsWith(classes)});
        QVERIFY(std::holds_alternative<Misfit>(result));
        const auto &misfit = std::get<Misfit>(result);
        QCOMPARE(misfit.code, code);
        QVERIFY2(misfit.text.find(text) != std::string::npos, misfit.text.c_str());
        QVERIFY2(misfit.mend.find(mend) != std::string::npos, misfit.mend.c_str());
        QVERIFY2(spec.findInput(misfit.port), misfit.port.c_str());
    }

    void lossesDoNotComplainAboutClassesBeforeTheDataIsKnown()
    {
        for (const auto &spec : m_registry.all()) {
            if (!spec->isLoss())
                continue;
            const Params params = Params::defaults(spec->params);
            const Shape in{N, spec->type == "BCEWithLogitsLoss" ? 1 : 7};
            QVERIFY2(std::holds_alternative<Inferred>(spec->infer({params, {in, {N}}, factsWith(0)})), spec->type.c_str());
        }
    }

    void probabilitiesAreSharesOfTheClasses_data()
    {
        QTest::addColumn<std::string>("type");
        QTest::addColumn<int>("scores");
        QTest::addColumn<int>("classes");
        QTest::newRow("cross entropy") << std::string("CrossEntropyLoss") << 5 << 5;
        QTest::newRow("binary") << std::string("BCEWithLogitsLoss") << 1 << 2;
        QTest::newRow("squared error") << std::string("MSELoss") << 5 << 5;
        QTest::newRow("squared error of two classes") << std::string("MSELoss") << 1 << 2;
    }

    void probabilitiesAreSharesOfTheClasses()
    {
        QFETCH(std::string, type);
        QFETCH(int, scores);
        QFETCH(int, classes);
        const NodeSpec &spec = *m_registry.find(type);
        const auto run = test::runLoss(spec, Params::defaults(spec.params), Shape{N, scores}, classes);
        QVERIFY2(run.failure.empty(), run.failure.c_str());
        QCOMPARE(run.probabilities, (Shape{N, classes}));
        QVERIFY(run.sumsToOne);
        QVERIFY(run.predictsMostProbable);
        QVERIFY(run.loss > 0);
    }
};

QTEST_GUILESS_MAIN(RegistryTest)
#include "tst_registry.moc"
