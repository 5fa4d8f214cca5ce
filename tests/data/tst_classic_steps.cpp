// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/transform_catalogue.h"
#include "transforms/classic_steps.h"

#include <QTest>

#include <algorithm>

using namespace netloom;
using namespace netloom::test;

/// OpenCV's steps by hand on pictures of a few pixels.
class TestClassicSteps : public QObject {
    Q_OBJECT

private slots:
    void classicStepsByHand_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::addColumn<QList<int>>("pixels"); // of 0 0 9 9 9 / 0 0 9 9 9 / 0 0 9 50 9
        using Ints = QList<int>;
        QTest::newRow("threshold") << "Threshold" << "thresh=9" << Ints{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0};
        QTest::newRow("threshold, the other way") << "Threshold" << "thresh=8;type=binary_inv;maxval=7" << Ints{7, 7, 0, 0, 0, 7, 7, 0, 0, 0, 7, 7, 0, 0, 0};
        QTest::newRow("held") << "Threshold" << "thresh=5;type=trunc" << Ints{0, 0, 5, 5, 5, 0, 0, 5, 5, 5, 0, 0, 5, 5, 5};
        QTest::newRow("Otsu") << "Threshold" << "otsu=true;thresh=200" << Ints{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0};
        QTest::newRow("median") << "MedianBlur" << "ksize=3" << Ints{0, 0, 9, 9, 9, 0, 0, 9, 9, 9, 0, 0, 9, 9, 9};
        QTest::newRow("erode") << "Morphology" << "op=erode" << Ints{0, 0, 0, 9, 9, 0, 0, 0, 9, 9, 0, 0, 0, 9, 9};
        QTest::newRow("dilate by a row") << "Morphology" << "op=dilate;ksize=1,3" << Ints{0, 9, 9, 9, 9, 0, 9, 9, 9, 9, 0, 9, 50, 50, 50};
        QTest::newRow("tophat") << "Morphology" << "op=tophat" << Ints{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 41, 0};
        QTest::newRow("Sobel") << "Sobel" << "direction=x" << Ints{0, 36, 36, 0, 0, 0, 36, 77, 0, 0, 0, 36, 118, 0, 0};
        QTest::newRow("Sobel, halved") << "Sobel" << "direction=y;scale=0.5" << Ints{0, 0, 0, 0, 0, 0, 0, 20, 41, 41, 0, 0, 0, 0, 0};
    }

    void classicStepsByHand()
    {
        QFETCH(QString, type);
        QFETCH(QString, params);
        QFETCH(QList<int>, pixels);
        std::mt19937_64 random(1);
        Sample sample = sampleOf({3, 5, 1, {0, 0, 9, 9, 9, 0, 0, 9, 9, 9, 0, 0, 9, 50, 9}});
        m_catalogue.build(type, params)->apply(sample, random, false);
        QCOMPARE((QList<int>(sample.picture.pixels.begin(), sample.picture.pixels.end())), pixels);
    }

    void cannyDrawsTheOutlineOfASquare()
    {
        Picture picture{20, 20, 3, std::vector<std::uint8_t>(20 * 20 * 3, 20)};
        for (int row = 5; row < 15; ++row)
            std::fill_n(picture.pixels.begin() + (row * 20 + 5) * 3, 30, std::uint8_t(220));
        canny(picture, 100, 200, 3, false);
        QCOMPARE(picture.channels, 1);
        int white = 0;
        for (int index = 0; index < 400; ++index) {
            const bool inside = index / 20 > 6 && index / 20 < 13 && index % 20 > 6 && index % 20 < 13;
            const std::uint8_t pixel = picture.pixels[std::size_t(index)];
            QVERIFY(pixel == 0 || (pixel == 255 && !inside));
            white += pixel == 255;
        }
        QVERIFY2(white >= 32 && white <= 44, qPrintable(QString::number(white)));
    }

    void equalisingKeepsColoursAndSpreadsBrightness()
    {
        Picture grey{16, 16, 1, {}};
        for (int index = 0; index < 256; ++index)
            grey.pixels.push_back(std::uint8_t(100 + index / 16));
        Picture colour = grey;
        std::mt19937_64 random(1);
        for (const char *method : {"method=global", "method=clahe;tile_grid_size=1,1;clip_limit=100"}) {
            Sample sample = sampleOf(grey);
            m_catalogue.build("EqualizeHist", method)->apply(sample, random, false);
            const auto [least, most] = std::ranges::minmax(sample.picture.pixels);
            QVERIFY2(least <= 16 && most == 255, method);
        }
        Sample reddish = sampleOf({1, 2, 3, {200, 100, 100, 100, 50, 50}});
        m_catalogue.build("EqualizeHist", "")->apply(reddish, random, false);
        const auto &pixels = reddish.picture.pixels;
        QVERIFY(pixels[0] > pixels[1] && std::abs(pixels[1] - pixels[2]) <= 2 && pixels[0] > pixels[3]);
    }

private:
    const TransformCatalogue m_catalogue;
};

QTEST_GUILESS_MAIN(TestClassicSteps)
#include "tst_classic_steps.moc"
