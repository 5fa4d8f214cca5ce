// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/transform_catalogue.h"

#include <QSet>
#include <QTest>

#include <cstring>

using namespace netloom;
using namespace netloom::test;

namespace {

int largestDifference(const Picture &picture, const QByteArray &data)
{
    if (qsizetype(picture.pixels.size()) != data.size())
        return 256;
    int largest = 0;
    for (std::size_t index = 0; index < picture.pixels.size(); ++index)
        largest = std::max(largest, std::abs(int(picture.pixels[index]) - int(std::uint8_t(data[qsizetype(index)]))));
    return largest;
}

/// C×H×W of what a sample holds by now.
Shape shapeOf(const Sample &sample)
{
    if (!sample.values.empty())
        return sample.shape;
    return {sample.picture.channels, sample.picture.height, sample.picture.width};
}

} // namespace

Q_DECLARE_METATYPE(QJsonObject)

class TestTransforms : public QObject {
    Q_OBJECT

private slots:
    void everyNodeIsDocumented()
    {
        QVERIFY(m_catalogue.registry().all().size() >= 30);
        for (const auto &spec : m_catalogue.registry().all()) {
            QVERIFY2(spec->doc.size() > 20, spec->type.c_str());
            QVERIFY2(spec->infer && (bool(spec->buildTransform) != spec->isBatchTransform()) == spec->isTransform() && bool(spec->openSource) == spec->isSource(), spec->type.c_str());
            for (const ParamDecl &decl : spec->params) {
                QVERIFY2(!decl.docText.empty(), (spec->type + "." + decl.name).c_str());
                QVERIFY2(validateParam(decl, decl.fallback), (spec->type + "." + decl.name).c_str());
            }
        }
    }

    void inferredShapeIsTheRealOne_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params"); // "name=value;…"
        for (const auto &spec : m_catalogue.registry().all()) {
            if (spec->buildTransform && spec->group != "Tables") // see tst_table_steps
                QTest::addRow("%s with its defaults", spec->type.c_str()) << QString::fromStdString(spec->type) << "";
        }
        QTest::newRow("Resize, shorter side") << "Resize" << "size=20";
        QTest::newRow("Resize, larger") << "Resize" << "size=100;interpolation=bicubic";
        QTest::newRow("CenterCrop, larger than the picture") << "CenterCrop" << "size=50, 20";
        QTest::newRow("RandomCrop, padded") << "RandomCrop" << "size=50, 70;padding=9";
        QTest::newRow("RandomCrop, padded as needed") << "RandomCrop" << "size=300;pad_if_needed=true";
        QTest::newRow("Pad, four sides") << "Pad" << "padding=1,2,3,4;padding_mode=reflect";
        QTest::newRow("Resize, longest side") << "Resize" << "size=30;max_size=40";
        QTest::newRow("RandomResizedCrop, two sides") << "RandomResizedCrop" << "size=50,20";
        QTest::newRow("Grayscale to 3") << "Grayscale" << "num_output_channels=3";
    }

    void inferredShapeIsTheRealOne()
    {
        QFETCH(QString, type);
        QFETCH(QString, params);
        const NodeSpec &spec = specOf(type);
        for (const int channels : {1, 3}) {
            for (const bool training : {false, true}) {
                Sample sample = sampleOf(formulaPicture(41, 67, channels));
                const bool onTensor = spec.inputs[0].kind == PortKind::Tensor;
                std::mt19937_64 random(3);
                if (onTensor)
                    build(specOf("ToTensor"), "")->apply(sample, random, training);
                const ShapeList in{onTensor ? Shape{Shape::kBatch, channels, 41, 67} : Shape{channels, 41, 67}};
                const Params values = paramsOf(spec, params);
                const InferResult result = spec.infer(InferInput{values, in, {}});
                QVERIFY2(std::holds_alternative<Inferred>(result), "misfit");
                build(spec, params)->apply(sample, random, training);
                std::vector<std::int64_t> dims = std::get<Inferred>(result).outputs.at(0).dims();
                if (spec.outputs[0].kind == PortKind::Tensor)
                    dims.erase(dims.begin());
                QCOMPARE(shapeOf(sample).toString(), Shape(dims).toString());
            }
        }
    }

    void evaluationIsDeterministic()
    {
        Picture picture = formulaPicture(41, 67);
        for (std::uint8_t &byte : picture.pixels)
            byte = std::uint8_t(byte / 2 + 30); // leaves contrast to be gained
        for (const auto &spec : m_catalogue.registry().all()) {
            if (!spec->isTransform() || spec->inputs[0].kind == PortKind::Tensor)
                continue;
            const auto transform = build(*spec, "");
            bool trainingDiffers = false;
            Sample first = sampleOf(picture);
            std::mt19937_64 firstRandom(0);
            transform->apply(first, firstRandom, false);
            QVERIFY2(firstRandom == std::mt19937_64(0), spec->type.c_str());
            for (unsigned seed = 1; seed < 20; ++seed) {
                std::mt19937_64 random(seed);
                Sample evaluated = sampleOf(picture);
                transform->apply(evaluated, random, false);
                QCOMPARE(evaluated.picture, first.picture);
                Sample trained = sampleOf(picture);
                transform->apply(trained, random, true);
                trainingDiffers |= trained.picture != first.picture;
            }
            QVERIFY2(trainingDiffers == transform->isRandom(), spec->type.c_str());
        }
    }

    void resultIsTorchvisions_data()
    {
        QTest::addColumn<QJsonObject>("expected");
        const QJsonArray cases = torchvisions("cases");
        QVERIFY(cases.size() > 90);
        for (const QJsonValue &value : cases) {
            const QJsonObject params = value["params"].toObject();
            QTest::addRow("%s %s%s", qPrintable(value["node"].toString()), QJsonDocument(params).toJson(QJsonDocument::Compact).data(),
                value["channels"].toInt() == 1 ? " grey" : "")
                << value.toObject();
        }
    }

    void resultIsTorchvisions()
    {
        QFETCH(QJsonObject, expected);
        const NodeSpec &spec = specOf(expected["node"].toString());
        QStringList params;
        const QJsonObject values = expected["params"].toObject();
        for (auto value = values.begin(); value != values.end(); ++value)
            params << value.key() + '=' + value.value().toString();
        Sample sample = sampleOf(formulaPicture(23, 31, expected["channels"].toInt(3)));
        std::mt19937_64 random(1);
        if (spec.inputs[0].kind == PortKind::Tensor)
            build(specOf("ToTensor"), "")->apply(sample, random, true);
        build(spec, params.join(';'))->apply(sample, random, true);

        QStringList dims;
        for (const QJsonValue &size : expected["shape"].toArray())
            dims << QString::number(size.toInt());
        QCOMPARE(QString::fromStdString(shapeOf(sample).toString()), dims.join("×"));
        if (expected.contains("sha1")) {
            QCOMPARE(hashOf(sample.picture), expected["sha1"].toString());
            return;
        }
        const QByteArray data = QByteArray::fromBase64(expected["data"].toString().toLatin1());
        if (sample.values.empty()) {
            QCOMPARE_LE(largestDifference(sample.picture, data), expected["tolerance"].toInt());
            return;
        }
        std::vector<float> numbers(std::size_t(data.size()) / sizeof(float));
        std::memcpy(numbers.data(), data.data(), std::size_t(data.size()));
        QCOMPARE(sample.values, numbers);
    }

    void smallCasesByHand_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::addColumn<QList<int>>("pixels"); // of the 2×3 picture 1 2 3 / 4 5 6
        using Ints = QList<int>;
        QTest::newRow("flip") << "RandomHorizontalFlip" << "p=1" << Ints{3, 2, 1, 6, 5, 4};
        QTest::newRow("never flip") << "RandomHorizontalFlip" << "p=0" << Ints{1, 2, 3, 4, 5, 6};
        QTest::newRow("middle") << "CenterCrop" << "size=2, 1" << Ints{2, 5};
        QTest::newRow("middle with black around") << "CenterCrop" << "size=4, 3" << Ints{0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0};
        QTest::newRow("the only crop") << "RandomCrop" << "size=2, 3" << Ints{1, 2, 3, 4, 5, 6};
        QTest::newRow("halves") << "Resize" << "size=1, 3;interpolation=bilinear" << Ints{3, 4, 5};
        QTest::newRow("nearest") << "Resize" << "size=2, 6;interpolation=nearest" << Ints{1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
    }

    void smallCasesByHand()
    {
        QFETCH(QString, type);
        QFETCH(QString, params);
        QFETCH(QList<int>, pixels);
        Sample sample = sampleOf({2, 3, 1, {1, 2, 3, 4, 5, 6}});
        std::mt19937_64 random(1);
        build(specOf(type), params)->apply(sample, random, true);
        QCOMPARE((QList<int>(sample.picture.pixels.begin(), sample.picture.pixels.end())), pixels);
    }

    void randomCropReachesEveryPlace()
    {
        const auto crop = build(specOf("RandomCrop"), "size=2;padding=1");
        std::mt19937_64 random(1);
        QSet<QByteArray> seen;
        for (int round = 0; round < 500; ++round) {
            Sample sample = sampleOf({2, 2, 1, {1, 2, 3, 4}});
            crop->apply(sample, random, true);
            seen.insert(QByteArray(reinterpret_cast<const char *>(sample.picture.pixels.data()), 4));
        }
        QCOMPARE(seen.size(), 9);
        for (const char *place : {"\0\0\0\1", "\1\2\3\4", "\4\0\0\0"})
            QVERIFY(seen.contains(QByteArray(place, 4)));
    }

    void pictureTooSmallForTheCropIsRefused()
    {
        Sample sample = sampleOf(formulaPicture(10, 40));
        std::mt19937_64 random(1);
        const auto crop = build(specOf("RandomCrop"), "size=20");
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, crop->apply(sample, random, true));
        crop->apply(sample, random, false);
        QCOMPARE(shapeOf(sample).toString(), std::string("3×20×20"));
    }

    void flipHasItsProbability()
    {
        const auto flip = build(specOf("RandomHorizontalFlip"), "p=0.25");
        std::mt19937_64 random(1);
        int flipped = 0;
        for (int round = 0; round < 2000; ++round) {
            Sample sample = sampleOf({1, 2, 1, {1, 2}});
            flip->apply(sample, random, true);
            flipped += sample.picture.pixels[0] == 2;
        }
        QVERIFY2(flipped > 430 && flipped < 570, qPrintable(QString::number(flipped)));
    }

    void decoderMayShrinkWhatResizeShrinksAnyway()
    {
        QCOMPARE(build(specOf("Resize"), "size=64")->decodeHint().minShorterSide, 64);
        QCOMPARE(build(specOf("Resize"), "size=64, 96")->decodeHint().minShorterSide, 96);
        QCOMPARE(build(specOf("Resize"), "size=64;interpolation=nearest")->decodeHint().minShorterSide, 0);
        QCOMPARE(build(specOf("CenterCrop"), "size=64")->decodeHint().minShorterSide, 0);
        // The smallest crop, 0.25 of the area at 4:1 or 1:4, must keep 64 px along its short side: 64 / √(0.25 / 4).
        QCOMPARE(build(specOf("RandomResizedCrop"), "size=64;scale=0.25,1;ratio=0.25,4")->decodeHint().minShorterSide, 256);
        QCOMPARE(build(specOf("RandomResizedCrop"), "size=64;interpolation=nearest")->decodeHint().minShorterSide, 0);
    }

    void misfitSaysHowToMend_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::addColumn<QList<qint64>>("in");
        QTest::addColumn<bool>("known");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("text");
        using Dims = QList<qint64>;
        constexpr qint64 unknown = Shape::kUnknown;
        constexpr qint64 batch = Shape::kBatch;
        QTest::newRow("sizes differ") << "ToTensor" << "" << Dims{3, unknown, unknown} << true << "unknown-size" << "gets pictures of different sizes (3×?×?)";
        QTest::newRow("sizes not known") << "ToTensor" << "" << Dims{3, unknown, unknown} << false << "unknown-size" << "isn't known yet (3×?×?)";
        QTest::newRow("crop too large") << "RandomCrop" << "size=224" << Dims{3, 28, 28} << true << "crop-too-large" << "cuts 224×224 out of pictures of 3×28×28";
        QTest::newRow("crop one pixel too large") << "RandomCrop" << "size=33;padding=2" << Dims{3, 28, 40} << true << "crop-too-large" << "cuts 33×33";
        QTest::newRow("means") << "Normalize" << "mean=1,2,3" << Dims{batch, 1, 28, 28} << true << "channel-count" << "has 3 numbers in mean but gets N×1×28×28";
        QTest::newRow("deviations") << "Normalize" << "std=1,2" << Dims{batch, 3, 28, 28} << true << "channel-count" << "has 2 numbers in std";
        QTest::newRow("colour of a border") << "Pad" << "fill=1,2,3" << Dims{1, 28, 28} << true << "channel-count" << "has 3 numbers in fill but gets 1×28×28";
        QTest::newRow("three sides") << "Pad" << "padding=1,2,3" << Dims{3, 28, 28} << true << "number-count" << "has padding 1, 2, 3";
        QTest::newRow("half a pixel") << "Pad" << "padding=1.5" << Dims{3, 28, 28} << true << "number-count" << "whole px";
        QTest::newRow("areas") << "RandomResizedCrop" << "scale=1,0.5" << Dims{3, 28, 28} << true << "range-reversed" << "has scale 1, 0.5, the larger number first";
        QTest::newRow("one area") << "RandomResizedCrop" << "scale=0.5" << Dims{3, 28, 28} << true << "number-count" << "has scale 0.5 where a range is meant";
        QTest::newRow("angles") << "RandomRotation" << "degrees=30,10" << Dims{3, 28, 28} << true << "range-reversed" << "has degrees 30, 10";
        QTest::newRow("negative angle") << "RandomRotation" << "degrees=-10" << Dims{3, 28, 28} << true << "range-reversed" << "can't be negative";
        QTest::newRow("half a point") << "RandomRotation" << "center=10" << Dims{3, 28, 28} << true << "number-count" << "has center 10 where a point is meant";
        QTest::newRow("shears") << "RandomAffine" << "shear=1,2,4,3" << Dims{3, 28, 28} << true << "range-reversed" << "has shear 1, 2, 4, 3";
        QTest::newRow("one shift") << "RandomAffine" << "translate=0.1" << Dims{3, 28, 28} << true << "number-count" << "has 1 numbers in translate";
        QTest::newRow("hue") << "ColorJitter" << "hue=0.2,0.1" << Dims{3, 28, 28} << true << "range-reversed" << "has hue 0.2, 0.1";
        QTest::newRow("even blur") << "GaussianBlur" << "kernel_size=3,4" << Dims{3, 28, 28} << true << "even-kernel" << "has kernel_size 4";
        QTest::newRow("half a pixel of blur") << "GaussianBlur" << "kernel_size=2.5" << Dims{3, 28, 28} << true << "number-count" << "has kernel_size 2.5";
        QTest::newRow("even median") << "MedianBlur" << "ksize=2" << Dims{3, 28, 28} << true << "even-kernel" << "has ksize 2";
        QTest::newRow("strength") << "RandAugment" << "magnitude=31" << Dims{3, 28, 28} << true << "magnitude" << "has magnitude 31 of 31 steps";
        QTest::newRow("longest side beside both") << "Resize" << "size=8,9;max_size=20" << Dims{3, 28, 28} << true << "max-size" << "beside height and width";
        QTest::newRow("longest side too short") << "Resize" << "size=8;max_size=8" << Dims{3, 28, 28} << true << "max-size" << "has max_size 8, not larger";
        QTest::newRow("colour painted") << "RandomErasing" << "value=1,2" << Dims{batch, 3, 28, 28} << true << "channel-count" << "has 2 numbers in value";
        QTest::newRow("erasing no pictures") << "RandomErasing" << "" << Dims{batch, 3} << true << "no-picture" << "gets N×3";
        QTest::newRow("two greys") << "Grayscale" << "num_output_channels=2" << Dims{3, 8, 8} << true << "channel-count" << "cannot make 2";
    }

    void misfitSaysHowToMend()
    {
        QFETCH(QString, type);
        QFETCH(QString, params);
        QFETCH(QList<qint64>, in);
        QFETCH(bool, known);
        QFETCH(QString, text);
        SourceFacts facts;
        facts.known = known;
        const Params values = paramsOf(specOf(type), params);
        const ShapeList shapes{Shape(std::vector<std::int64_t>(in.begin(), in.end()))};
        const InferResult result = specOf(type).infer(InferInput{values, shapes, facts});
        const auto *misfit = std::get_if<Misfit>(&result);
        QVERIFY(misfit);
        QTEST(QString::fromStdString(misfit->code), "code");
        QVERIFY2(QString::fromStdString(misfit->text).contains(text), misfit->text.c_str());
        QVERIFY(!misfit->mend.empty());
    }

    void varyingSizesStayUnknownUntilResized()
    {
        const ShapeList in{Shape{3, Shape::kUnknown, Shape::kUnknown}};
        const auto inferred = [&](const QString &type, const QString &params) {
            const Params values = paramsOf(specOf(type), params);
            return std::get<Inferred>(specOf(type).infer(InferInput{values, in, {}})).outputs[0].toString();
        };
        QCOMPARE(inferred("Resize", "size=64"), std::string("3×?×?"));
        QCOMPARE(inferred("Resize", "size=64, 96"), std::string("3×64×96"));
        QCOMPARE(inferred("CenterCrop", "size=64"), std::string("3×64×64"));
        QCOMPARE(inferred("RandomCrop", "size=64"), std::string("3×64×64"));
        QCOMPARE(inferred("RandomResizedCrop", "size=64"), std::string("3×64×64"));
        QCOMPARE(inferred("Pad", ""), std::string("3×?×?"));
        QCOMPARE(inferred("Canny", ""), std::string("1×?×?"));
        QCOMPARE(inferred("Grayscale", ""), std::string("1×?×?"));
        QCOMPARE(inferred("RandomHorizontalFlip", ""), std::string("3×?×?"));
    }

private:
    const NodeSpec &specOf(const QString &type) const { return m_catalogue.specOf(type); }
    Params paramsOf(const NodeSpec &spec, const QString &text) const { return m_catalogue.paramsOf(QString::fromStdString(spec.type), text); }
    std::shared_ptr<Transform> build(const NodeSpec &spec, const QString &params) const { return spec.buildTransform(paramsOf(spec, params), {}); }

    const TransformCatalogue m_catalogue;
};

QTEST_GUILESS_MAIN(TestTransforms)
#include "tst_transforms.moc"
