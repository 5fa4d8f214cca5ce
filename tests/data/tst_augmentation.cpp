// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "support/transform_catalogue.h"
#include "transforms/augment_ops.h"
#include "transforms/param_rules.h"
#include "transforms/tones.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace netloom;
using namespace netloom::test;

Q_DECLARE_METATYPE(QJsonObject)

namespace {

std::array<double, 2> pairOf(const QJsonValue &list)
{
    return {list[0].toDouble(), list[1].toDouble()};
}

WarpLook lookOf(const QJsonObject &expected, std::uint8_t fill = 0)
{
    return {interpolationNamed(expected["interpolation"].toString().toStdString()), {fill, fill, fill}};
}

void addRows(const char *list)
{
    QTest::addColumn<QJsonObject>("expected");
    int number = 0;
    for (const QJsonValue &row : torchvisions(list)) {
        QTest::addRow("%d %s %g %s", ++number, qPrintable(row["op"].toString(list)), row["magnitude"].toDouble(), qPrintable(row["interpolation"].toString()))
            << row.toObject();
    }
}

} // namespace

/// The deterministic half of the random transforms against torchvision, and how the random half draws.
class TestAugmentation : public QObject {
    Q_OBJECT

private slots:
    void shiftIsTorchvisions_data() { addRows("shifts"); }

    void shiftIsTorchvisions()
    {
        QFETCH(QJsonObject, expected);
        const auto translate = pairOf(expected["translate"]);
        Picture picture = formulaPicture(23, 31);
        affine(picture, {expected["angle"].toDouble(), {int(translate[0]), int(translate[1])}, expected["scale"].toDouble(), pairOf(expected["shear"])},
            lookOf(expected));
        QCOMPARE(hashOf(picture), expected["sha1"].toString());
    }

    void perspectiveIsTorchvisions_data() { addRows("perspectives"); }

    /// The same coefficients give the same bytes; ours, in double precision, come from less than a hundredth of a pixel beside theirs.
    void perspectiveIsTorchvisions()
    {
        QFETCH(QJsonObject, expected);
        std::array<double, 8> theirs{};
        Corners to{};
        for (int index = 0; index < 8; ++index)
            theirs[std::size_t(index)] = expected["coefficients"][index].toDouble();
        for (int corner = 0; corner < 4; ++corner)
            to[std::size_t(corner)] = pairOf(expected["corners"][corner]);
        Picture picture = formulaPicture(23, 31);
        perspective(picture, theirs, lookOf(expected, 40));
        QCOMPARE(hashOf(picture), expected["sha1"].toString());

        const auto ours = perspectiveBetween({{{0, 0}, {30, 0}, {30, 22}, {0, 22}}}, to);
        QVERIFY(ours);
        for (const auto &[x, y] : to) {
            const auto place = [x, y](const std::array<double, 8> &c) {
                const double depth = c[6] * x + c[7] * y + 1;
                return std::array{(c[0] * x + c[1] * y + c[2]) / depth, (c[3] * x + c[4] * y + c[5]) / depth};
            };
            QCOMPARE_LT(std::hypot(place(*ours)[0] - place(theirs)[0], place(*ours)[1] - place(theirs)[1]), 0.01);
        }
    }

    void cornersInALineHaveNoPerspective()
    {
        QVERIFY(!perspectiveBetween({{{0, 0}, {9, 0}, {9, 9}, {0, 9}}}, {{{0, 0}, {4, 4}, {9, 9}, {2, 2}}}));
    }

    void augmentationIsTorchvisions_data() { addRows("augmentations"); }

    void augmentationIsTorchvisions()
    {
        QFETCH(QJsonObject, expected);
        Picture picture = formulaPicture(23, 31);
        applyAugment(picture, opNamed(expected["op"].toString()), expected["magnitude"].toDouble(), lookOf(expected));
        QCOMPARE(hashOf(picture), expected["sha1"].toString());
    }

    void strengthsAreTorchvisions()
    {
        const QJsonArray rows = torchvisions("spaces");
        QCOMPARE(rows.size(), 28);
        int number = 0;
        for (const QJsonValue &row : rows) {
            const AugmentOp op = opNamed(row[1].toString());
            QCOMPARE(int(op), number++ % 14);
            QCOMPARE(hasSign(op), row[3].toBool());
            const AugmentReach reach = row[0].toString() == "RandAugment" ? randAugmentReach(23, 31) : trivialAugmentWideReach();
            for (int bin = 0; bin < 31; ++bin) // torch.linspace's last digit depends on the processor
                QCOMPARE_LE(std::abs(augmentMagnitude(op, reach, bin, 31) - row[2][bin].toDouble()), 2e-7 * std::abs(row[2][bin].toDouble()));
        }
    }

    /// A colour picture of every hue, brightness and saturation on a raster goes through Pillow's HSV and back.
    void turningHueByNothingStaysWithinRounding()
    {
        Picture picture{52, 52 * 52, 3, {}};
        for (int red = 0; red < 256; red += 5)
            for (int green = 0; green < 256; green += 5)
                for (int blue = 0; blue < 256; blue += 5)
                    picture.pixels.insert(picture.pixels.end(), {std::uint8_t(red), std::uint8_t(green), std::uint8_t(blue)});
        const Picture before = picture;
        adjustHue(picture, 0.0);
        int largest = 0;
        for (std::size_t index = 0; index < before.pixels.size(); ++index)
            largest = std::max(largest, std::abs(before.pixels[index] - picture.pixels[index]));
        QCOMPARE_LE(largest, 6);
    }

    void evaluationCoversAndCutsTheMiddle()
    {
        // 10 × 40: scaled to 8 × 32, then the middle 8 × 16.
        Sample sample = sampleOf(formulaPicture(10, 40));
        Sample byHand = sample;
        std::mt19937_64 random(1);
        m_catalogue.build("RandomResizedCrop", "size=8,16")->apply(sample, random, false);
        m_catalogue.build("Resize", "size=8")->apply(byHand, random, false);
        m_catalogue.build("CenterCrop", "size=8,16")->apply(byHand, random, false);
        QCOMPARE(sample.picture, byHand.picture);
    }

    void onlyARangeOfSigmaIsForTrainingAlone()
    {
        Sample sample = sampleOf(formulaPicture(9, 9));
        std::mt19937_64 random(1);
        m_catalogue.build("GaussianBlur", "sigma=1,2")->apply(sample, random, false);
        QCOMPARE(sample.picture, formulaPicture(9, 9));
        const auto always = m_catalogue.build("GaussianBlur", "sigma=1");
        QVERIFY(!always->isRandom());
        always->apply(sample, random, false);
        QVERIFY(sample.picture != formulaPicture(9, 9));
    }

    void smallPicturesSurviveEveryTransform()
    {
        for (const auto &spec : m_catalogue.registry().all()) {
            if (!spec->isTransform() || spec->inputs[0].kind != PortKind::Image || spec->type == "RandomCrop")
                continue;
            const auto transform = spec->buildTransform(Params::defaults(spec->params), {});
            std::mt19937_64 random(5);
            for (const auto &[height, width] : {std::pair{1, 1}, std::pair{1, 7}, std::pair{2, 3}, std::pair{9, 1}}) {
                for (int channels : {1, 3}) {
                    for (int round = 0; round < 30; ++round) {
                        Sample sample = sampleOf(formulaPicture(height, width, channels));
                        transform->apply(sample, random, true);
                        if (sample.values.empty())
                            QVERIFY2(int(sample.picture.pixels.size()) == sample.picture.height * sample.picture.width * sample.picture.channels, spec->type.c_str());
                    }
                }
            }
        }
    }

    void cropsHaveTheAreaAndProportionsAskedFor()
    {
        // Every pixel its place, so that the corners of a crop of the same size tell where it was.
        const auto crop = m_catalogue.build("RandomResizedCrop", "size=2;scale=0.25,0.5;ratio=0.5,2;interpolation=nearest");
        std::mt19937_64 random(3);
        int upright = 0;
        constexpr int kRounds = 2000;
        for (int round = 0; round < kRounds; ++round) {
            Picture places{100, 100, 3, {}};
            for (int y = 0; y < 100; ++y)
                for (int x = 0; x < 100; ++x)
                    places.pixels.insert(places.pixels.end(), {std::uint8_t(y), std::uint8_t(x), 0});
            Sample sample = sampleOf(std::move(places));
            crop->apply(sample, random, true);
            const auto &pixels = sample.picture.pixels;
            const int height = 2 * (pixels[6] - pixels[0]); // nearest takes the quarters, half a side apart
            const int width = 2 * (pixels[4] - pixels[1]);
            QCOMPARE_GE(height * width, 2500 - 300);
            QCOMPARE_LE(height * width, 5000 + 300);
            QCOMPARE_LE(std::max(height, width), 2 * std::min(height, width) + 5);
            upright += height > width;
        }
        QVERIFY2(std::abs(upright - kRounds / 2) < 150, qPrintable(QString::number(upright)));
    }

    void erasingPaintsARectangleOfItsArea_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("black") << "0";
        QTest::newRow("a colour") << "0.25, 0.5, 0.75";
        QTest::newRow("noise") << "random";
    }

    void erasingPaintsARectangleOfItsArea()
    {
        QFETCH(QString, value);
        const auto erase = m_catalogue.build("RandomErasing", "p=1;scale=0.1,0.2;ratio=0.5,2;value=" + value);
        std::mt19937_64 random(2);
        std::set<std::size_t> firsts;
        for (int round = 0; round < 100; ++round) {
            Sample sample;
            sample.shape = {3, 20, 30};
            sample.values.assign(3 * 600, 7.0f);
            erase->apply(sample, random, true);
            std::vector<std::size_t> painted;
            for (std::size_t index = 0; index < 600; ++index) {
                if (sample.values[index] != 7.0f)
                    painted.push_back(index);
                for (std::size_t channel = 1; channel < 3; ++channel)
                    QCOMPARE(sample.values[index + channel * 600] != 7.0f, sample.values[index] != 7.0f);
            }
            QCOMPARE_GE(painted.size(), 600 * 0.1 - 15);
            QCOMPARE_LE(painted.size(), 600 * 0.2 + 15);
            const std::size_t rows = painted.back() / 30 - painted.front() / 30 + 1;
            const std::size_t columns = painted.back() % 30 - painted.front() % 30 + 1;
            QCOMPARE(painted.size(), rows * columns);
            firsts.insert(painted.front());
            if (value == "0.25, 0.5, 0.75")
                QCOMPARE(sample.values[painted.front() + 2 * 600], 0.75f);
        }
        QCOMPARE_GT(firsts.size(), 50u);
    }

    void erasingHasItsProbabilityAndSparesEvaluation()
    {
        const auto erase = m_catalogue.build("RandomErasing", "p=0.3");
        std::mt19937_64 random(4);
        int erased = 0;
        for (int round = 0; round < 1000; ++round) {
            Sample sample;
            sample.shape = {1, 12, 12};
            sample.values.assign(144, 1.0f);
            const Sample before = sample;
            erase->apply(sample, random, false);
            QCOMPARE(sample.values, before.values);
            erase->apply(sample, random, true);
            erased += sample.values != before.values;
        }
        QVERIFY2(erased > 240 && erased < 360, qPrintable(QString::number(erased)));
    }

    /// Angles as they come: a bright pixel at the right edge of the turn's circle tells them.
    void anglesAreSpreadOverTheirRange_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::addColumn<double>("lowest");
        QTest::addColumn<double>("highest");
        QTest::newRow("one number") << "RandomRotation" << "degrees=40" << -40.0 << 40.0;
        QTest::newRow("two numbers") << "RandomRotation" << "degrees=10,30" << 10.0 << 30.0;
        QTest::newRow("clockwise") << "RandomAffine" << "degrees=10,30" << -30.0 << -10.0;
    }

    void anglesAreSpreadOverTheirRange()
    {
        QFETCH(QString, type);
        QFETCH(QString, params);
        QFETCH(double, lowest);
        QFETCH(double, highest);
        const auto turn = m_catalogue.build(type, params);
        std::mt19937_64 random(6);
        std::vector<double> angles;
        for (int round = 0; round < 400; ++round) {
            Sample sample = sampleOf({101, 101, 1, std::vector<std::uint8_t>(101 * 101, 0)});
            for (int y = 49; y < 52; ++y)
                std::fill_n(sample.picture.pixels.begin() + y * 101 + 94, 3, std::uint8_t(255));
            turn->apply(sample, random, true);
            double x = 0;
            double y = 0;
            int count = 0;
            for (int index = 0; index < 101 * 101; ++index) {
                if (sample.picture.pixels[std::size_t(index)] == 255) {
                    x += index % 101 - 50;
                    y += 50 - index / 101;
                    ++count;
                }
            }
            QVERIFY(count > 0);
            angles.push_back(std::atan2(y / count, x / count) * 180 / 3.14159265358979);
        }
        const auto [smallest, largest] = std::ranges::minmax(angles);
        QVERIFY2(smallest > lowest - 1 && smallest < lowest + 3, qPrintable(QString::number(smallest)));
        QVERIFY2(largest < highest + 1 && largest > highest - 3, qPrintable(QString::number(largest)));
        const double mean = std::accumulate(angles.begin(), angles.end(), 0.0) / 400;
        QVERIFY2(std::abs(mean - (lowest + highest) / 2) < (highest - lowest) / 15, qPrintable(QString::number(mean)));
    }

    void jitterDrawsFactorsAndOrder()
    {
        // Brightness 0.5 … 1.5 on a grey of 100; a single factor of contrast around the mean shows the order.
        const auto jitter = m_catalogue.build("ColorJitter", "brightness=0.5");
        std::mt19937_64 random(7);
        int dark = 255;
        int bright = 0;
        for (int round = 0; round < 300; ++round) {
            Sample sample = sampleOf({1, 1, 1, {100}});
            jitter->apply(sample, random, true);
            dark = std::min<int>(dark, sample.picture.pixels[0]);
            bright = std::max<int>(bright, sample.picture.pixels[0]);
        }
        QVERIFY2(dark >= 50 && dark <= 53 && bright <= 150 && bright >= 147, qPrintable(QString("%1 %2").arg(dark).arg(bright)));

        const auto two = m_catalogue.build("ColorJitter", "brightness=2,2;contrast=0,0");
        std::map<int, int> results;
        for (int round = 0; round < 200; ++round) {
            Sample sample = sampleOf({1, 2, 1, {0, 200}});
            two->apply(sample, random, true);
            ++results[sample.picture.pixels[0]];
        }
        QCOMPARE(results.size(), 2u); // 200 where contrast came first, 128 where brightness did
        QVERIFY2(results[200] > 70 && results[128] > 70, qPrintable(QString::number(results[200])));
    }

    void policiesDrawEveryChange()
    {
        for (const auto &[type, params] : {std::pair{"RandAugment", "num_ops=1;magnitude=30"}, std::pair{"TrivialAugmentWide", ""}}) {
            const auto policy = m_catalogue.build(type, params);
            std::mt19937_64 random(8);
            std::set<QString> results;
            int same = 0;
            for (int round = 0; round < 400; ++round) {
                Sample sample = sampleOf(formulaPicture(23, 31));
                policy->apply(sample, random, true);
                same += sample.picture == formulaPicture(23, 31);
                results.insert(hashOf(sample.picture));
            }
            // 13 changes, 9 of them either way; the formula's picture has its full contrast already.
            QVERIFY2(results.size() >= 20, type);
            QVERIFY2(same > 20 && same < 100, qPrintable(QString::number(same)));
        }
    }

    void normalNumbersAreNormal()
    {
        std::mt19937_64 random(9);
        double sum = 0;
        double squares = 0;
        for (int round = 0; round < 20000; ++round) {
            const double number = randomNormal(random);
            sum += number;
            squares += number * number;
        }
        QCOMPARE_LT(std::abs(sum / 20000), 0.03);
        QCOMPARE_LT(std::abs(squares / 20000 - 1), 0.04);
    }

private:
    static AugmentOp opNamed(const QString &name)
    {
        const auto found = std::ranges::find(kAugmentNames, name.toStdString());
        if (found == kAugmentNames.end())
            qFatal("no change %s", qPrintable(name));
        return AugmentOp(found - kAugmentNames.begin());
    }

    const TransformCatalogue m_catalogue;
};

QTEST_GUILESS_MAIN(TestAugmentation)
#include "tst_augmentation.moc"
