// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "support/picture_files.h"
#include "support/png_bytes.h"

#include <QTest>

#include <array>
#include <random>

using namespace netloom;
using test::PictureFolder;
using test::colourRamp;
using test::encoded;
using test::pngBytes;
using test::pngChunk;

namespace {

using Pixel = std::array<int, 3>;

Pixel pixelAt(const Picture &picture, int y, int x)
{
    const std::size_t at = (std::size_t(y) * std::size_t(picture.width) + std::size_t(x)) * 3;
    return {picture.pixels.at(at), picture.pixels.at(at + 1), picture.pixels.at(at + 2)};
}

/// The largest difference between a picture and what OpenCV holds.
int worstDifference(const Picture &picture, const cv::Mat &bgr)
{
    int worst = 0;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            for (int channel = 0; channel < 3; ++channel)
                worst = std::max(worst, std::abs(pixelAt(picture, y, x)[std::size_t(channel)] - bgr.at<cv::Vec3b>(y, x)[2 - channel]));
        }
    }
    return worst;
}

/// One letter for each corner of a picture: red, green, blue or white.
QString corners(const Picture &picture)
{
    QString text;
    for (const int y : {2, picture.height - 3}) {
        for (const int x : {2, picture.width - 3}) {
            const Pixel pixel = pixelAt(picture, y, x);
            const bool white = pixel[0] > 200 && pixel[1] > 200 && pixel[2] > 200;
            text += white ? 'W' : pixel[0] > 128 ? 'R' : pixel[1] > 128 ? 'G' : pixel[2] > 128 ? 'B' : '?';
        }
    }
    return text;
}

/// A JPEG, 32 px wide and 16 high, whose corners are RGBW, stored with an EXIF orientation.
QByteArray jpegWithOrientation(int orientation, bool bigEndian)
{
    cv::Mat picture(16, 32, CV_8UC3);
    picture(cv::Rect(0, 0, 16, 8)) = cv::Scalar(0, 0, 255);
    picture(cv::Rect(16, 0, 16, 8)) = cv::Scalar(0, 255, 0);
    picture(cv::Rect(0, 8, 16, 8)) = cv::Scalar(255, 0, 0);
    picture(cv::Rect(16, 8, 16, 8)) = cv::Scalar(255, 255, 255);
    QByteArray bytes = encoded(picture, ".jpg", {cv::IMWRITE_JPEG_QUALITY, 95});
    const char low = char(orientation);
    const QByteArray tiff = bigEndian
        ? QByteArray("MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0", 19) + low + QByteArray(6, 0)
        : QByteArray("II*\0\x08\0\0\0\1\0\x12\x01\3\0\1\0\0\0", 18) + low + QByteArray(7, 0);
    const QByteArray exif = QByteArray("Exif\0\0", 6) + tiff;
    const int length = int(exif.size()) + 2;
    return bytes.insert(2, QByteArray("\xff\xe1") + char(length >> 8) + char(length) + exif);
}

/// A GIF whose first picture is @p width × @p height px with the LZW bytes @p data, in two colours; @p clear is the index that is
/// see-through, @p margin px of the canvas are left and above it.
QByteArray gif(int width, int height, const char *data, const QByteArray &colours = QByteArray(6, '\0'), int clear = -1, int margin = 0)
{
    const auto size = [](int number) { return QByteArray(1, char(number)) + char(number >> 8); };
    const std::string_view bytes(data); // up to the block of no bytes, which ends it
    return QByteArray("GIF89a") + size(width + margin) + size(height + margin) + QByteArray("\x80\0\0", 3) + colours
        + (clear < 0 ? QByteArray() : QByteArray("!\xf9\4\1\0\0", 6) + char(clear) + '\0') + ',' + size(margin) + size(margin) + size(width)
        + size(height) + '\0' + QByteArray(bytes.data(), qsizetype(bytes.size())) + QByteArray("\0;", 2);
}

QByteArray jpeg(bool progressive)
{
    return encoded(colourRamp(120, 160), ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, progressive ? 1 : 0});
}

QByteArray noise(int size)
{
    std::mt19937 random(5);
    QByteArray bytes;
    for (int at = 0; at < size; ++at)
        bytes += char(random());
    bytes[0] = 1;
    return bytes;
}

} // namespace

class TestPictureFile : public QObject {
    Q_OBJECT

private slots:
    void everyFormatIsRead_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<int>("tolerance");
        QTest::newRow("PNG") << ".png" << 0;
        QTest::newRow("BMP") << ".bmp" << 0;
        QTest::newRow("TIFF") << ".tiff" << 0;
        QTest::newRow("PPM") << ".ppm" << 0;
        QTest::newRow("WebP") << ".webp" << 12;
        QTest::newRow("JPEG") << ".jpg" << 12;
    }

    void everyFormatIsRead()
    {
        QFETCH(QString, ending);
        const cv::Mat ramp = colourRamp(37, 53);
        // The content counts, not the ending; names may be anything.
        const std::string file = m_data.write("größe 画像's.bin", encoded(ramp, ending.toStdString()));
        const Result<Picture> picture = readPictureFile(file, 3);
        QVERIFY2(picture, picture ? "" : picture.error().text.c_str());
        QCOMPARE(picture->height, 37);
        QCOMPARE(picture->width, 53);
        const int worst = worstDifference(*picture, ramp);
        QFETCH(int, tolerance);
        QVERIFY2(worst <= tolerance, qPrintable(QString::number(worst)));
    }

    void everyKindOfPixelBecomesRgb_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<int>>("rgb");
        using Ints = QList<int>;
        const QByteArray palette = pngChunk("PLTE", QByteArray("\x0a\x14\x1e\x64\x6e\x78", 6));
        const QByteArray seeThrough = pngChunk("tRNS", QByteArray("\0", 1));
        QTest::newRow("grey") << pngBytes(1, 1, 8, 0, QByteArray("\0\x50", 2)) << Ints{80, 80, 80};
        QTest::newRow("1 bit, white") << pngBytes(1, 1, 1, 0, QByteArray("\0\x80", 2)) << Ints{255, 255, 255};
        QTest::newRow("1 bit, black") << pngBytes(1, 1, 1, 0, QByteArray("\0\0", 2)) << Ints{0, 0, 0};
        QTest::newRow("2 bit") << pngBytes(1, 1, 2, 0, QByteArray("\0\x80", 2)) << Ints{170, 170, 170};
        QTest::newRow("grey 16 bit") << pngBytes(1, 1, 16, 0, QByteArray("\0\x80\x80", 3)) << Ints{128, 128, 128};
        QTest::newRow("grey 16 bit, rounded") << pngBytes(1, 1, 16, 0, QByteArray("\0\x80\x7f", 3)) << Ints{128, 128, 128};
        QTest::newRow("RGB") << pngBytes(1, 1, 8, 2, QByteArray("\0\x01\x02\x03", 4)) << Ints{1, 2, 3};
        QTest::newRow("RGB 16 bit") << pngBytes(1, 1, 16, 2, QByteArray("\0\x01\x01\x02\x02\x03\x03", 7)) << Ints{1, 2, 3};
        QTest::newRow("palette") << pngBytes(1, 1, 8, 3, QByteArray("\0\1", 2), palette) << Ints{100, 110, 120};
        QTest::newRow("palette, clear on white") << pngBytes(1, 1, 8, 3, QByteArray("\0\0", 2), palette + seeThrough) << Ints{255, 255, 255};
        QTest::newRow("grey + alpha, half clear") << pngBytes(1, 1, 8, 4, QByteArray("\0\0\x80", 3)) << Ints{127, 127, 127};
        QTest::newRow("RGBA, opaque") << pngBytes(1, 1, 8, 6, QByteArray("\0\x01\x02\x03\xff", 5)) << Ints{1, 2, 3};
        QTest::newRow("RGBA, clear on white") << pngBytes(1, 1, 8, 6, QByteArray("\0\x01\x02\x03\0", 5)) << Ints{255, 255, 255};
        QTest::newRow("grey that is see-through") << pngBytes(1, 1, 8, 0, QByteArray("\0\x50", 2), pngChunk("tRNS", QByteArray("\0\x50", 2))) << Ints{255, 255, 255};
        QTest::newRow("1 bit, white see-through") << pngBytes(1, 1, 1, 0, QByteArray("\0\0", 2), pngChunk("tRNS", QByteArray("\0\1", 2))) << Ints{0, 0, 0};
        QTest::newRow("RGBA 16 bit, half clear") << pngBytes(1, 1, 16, 6, QByteArray("\0\0\0\0\0\0\0\x80\x80", 9)) << Ints{127, 127, 127};
        QTest::newRow("with chunks that libpng scolds") << pngBytes(1, 1, 8, 0, QByteArray("\0\x50", 2), pngChunk("iCCP", "broken")) << Ints{80, 80, 80};
    }

    void everyKindOfPixelBecomesRgb()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QList<int>, rgb);
        const Result<Picture> picture = readPictureFile(m_data.write("pixel.png", bytes), 3);
        QVERIFY2(picture, picture ? "" : picture.error().text.c_str());
        QCOMPARE((QList<int>{picture->pixels[0], picture->pixels[1], picture->pixels[2]}), rgb);
    }

    void backgroundShowsThrough_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<int>>("rgb"); // on 10, 20, 30
        using Ints = QList<int>;
        const QByteArray palette = pngChunk("PLTE", QByteArray("\x0a\x14\x1e", 3)) + pngChunk("tRNS", QByteArray("\0", 1));
        const QByteArray colours("\xc8\x64\x32\1\2\3", 6);
        QTest::newRow("RGBA, clear") << pngBytes(1, 1, 8, 6, QByteArray("\0\x01\x02\x03\0", 5)) << Ints{10, 20, 30};
        QTest::newRow("RGBA, half clear") << pngBytes(1, 1, 8, 6, QByteArray("\0\xff\xff\xff\x80", 5)) << Ints{133, 138, 143};
        QTest::newRow("grey + alpha") << pngBytes(1, 1, 8, 4, QByteArray("\0\x50\0", 3)) << Ints{10, 20, 30};
        QTest::newRow("palette") << pngBytes(1, 1, 8, 3, QByteArray("\0\0", 2), palette) << Ints{10, 20, 30};
        QTest::newRow("grey") << pngBytes(1, 1, 8, 0, QByteArray("\0\x50", 2), pngChunk("tRNS", QByteArray("\0\x50", 2))) << Ints{10, 20, 30};
        QTest::newRow("WebP") << encoded(cv::Mat(1, 1, CV_8UC4, cv::Scalar(9, 9, 9, 0)), ".webp", {cv::IMWRITE_WEBP_QUALITY, 101}) << Ints{10, 20, 30};
        QTest::newRow("TIFF") << encoded(cv::Mat(1, 1, CV_8UC4, cv::Scalar(0, 0, 0, 128)), ".tiff") << Ints{5, 10, 15};
        QTest::newRow("GIF") << gif(1, 1, "\x02\x02\x44\x01\0", colours, 0) << Ints{10, 20, 30};
        QTest::newRow("GIF, opaque") << gif(1, 1, "\x02\x02\x44\x01\0", colours) << Ints{200, 100, 50};
        QTest::newRow("GIF smaller than its canvas") << gif(1, 1, "\x02\x02\x44\x01\0", colours, -1, 2) << Ints{10, 20, 30};
    }

    void backgroundShowsThrough()
    {
        QFETCH(QByteArray, bytes);
        const Result<Picture> picture = readPictureFile(m_data.write("see-through", bytes), 3, {}, Rgb{10, 20, 30});
        QVERIFY2(picture, picture ? "" : picture.error().text.c_str());
        QTEST((QList<int>{picture->pixels[0], picture->pixels[1], picture->pixels[2]}), "rgb");
    }

    /// Files that Pillow wrote, each of the same picture.
    void filesOfOtherProgramsAreRead_data()
    {
        QTest::addColumn<int>("tolerance");
        for (const char *file : {"palette.gif", "interlaced.gif", "animated.gif", "palette.png", "palette.bmp", "turned.png", "turned.webp",
                 "turned.tif", "lzw.tif", "lossless.webp"})
            QTest::newRow(file) << 0;
        QTest::newRow("progressive.jpg") << 2;
        QTest::newRow("cmyk.jpg") << 2;
    }

    void filesOfOtherProgramsAreRead()
    {
        const QString file = qEnvironmentVariable("NETLOOM_TEST_DATA") + "/formats/" + QTest::currentDataTag();
        const Result<Picture> picture = readPictureFile(file.toStdString(), 3);
        QVERIFY2(picture, picture ? "" : picture.error().text.c_str());
        cv::Mat expected(8, 12, CV_8UC3);
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 12; ++x)
                expected.at<cv::Vec3b>(y, x) = cv::Vec3b(uchar((x + y) * 10), uchar(y * 30), uchar(x * 20));
        }
        QCOMPARE(picture->height, 8);
        QCOMPARE(picture->width, 12);
        QFETCH(int, tolerance);
        QVERIFY(worstDifference(*picture, expected) <= tolerance);
    }

    void oneChannelIsLuma()
    {
        const std::string file = m_data.write("red.png", encoded(cv::Mat(1, 1, CV_8UC3, cv::Scalar(0, 0, 255)), ".png"));
        const Result<Picture> picture = readPictureFile(file, 1);
        QCOMPARE(picture->channels, 1);
        QCOMPARE(picture->pixels, std::vector<std::uint8_t>{76}); // 255 · 0.299, as Pillow rounds
    }

    void exifOrientationIsHonoured_data()
    {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<QString>("shown");
        QTest::newRow("upright") << 1 << "RGBW";
        QTest::newRow("mirrored") << 2 << "GRWB";
        QTest::newRow("upside down") << 3 << "WBGR";
        QTest::newRow("flipped") << 4 << "BWRG";
        QTest::newRow("transposed") << 5 << "RBGW";
        QTest::newRow("to be turned clockwise") << 6 << "BRWG";
        QTest::newRow("transversed") << 7 << "WGBR";
        QTest::newRow("to be turned anticlockwise") << 8 << "GWRB";
        QTest::newRow("nonsense") << 9 << "RGBW";
    }

    void exifOrientationIsHonoured()
    {
        QFETCH(int, orientation);
        for (const bool bigEndian : {false, true}) {
            const Result<Picture> picture = readPictureFile(m_data.write("turned.jpg", jpegWithOrientation(orientation, bigEndian)), 3);
            QVERIFY(picture);
            QTEST(corners(*picture), "shown");
            QCOMPARE(picture->width, orientation >= 5 && orientation <= 8 ? 16 : 32);
        }
    }

    void reducedDecodingStaysAboveTheTarget_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("target");
        QTest::addColumn<int>("shorter");
        QTest::newRow("full size") << 400 << 600 << 0 << 400;
        QTest::newRow("an eighth fits exactly") << 400 << 600 << 50 << 50;
        QTest::newRow("an eighth is too small") << 400 << 600 << 51 << 100;
        QTest::newRow("tall") << 601 << 397 << 51 << 100;
        QTest::newRow("half") << 400 << 600 << 128 << 200;
        QTest::newRow("just too small for half") << 400 << 600 << 201 << 400;
        QTest::newRow("smaller than the target") << 40 << 60 << 128 << 40;
        QTest::newRow("very wide") << 16 << 800 << 4 << 4;
    }

    void reducedDecodingStaysAboveTheTarget()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, target);
        const std::string file = m_data.write("large.jpg", encoded(colourRamp(height, width), ".jpg"));
        const Result<Picture> picture = readPictureFile(file, 3, DecodeHint{target});
        QVERIFY(picture);
        QTEST(std::min(picture->height, picture->width), "shorter");
    }

    void brokenFileSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("cause");
        const QByteArray png = encoded(colourRamp(50, 50), ".png");
        QByteArray hugeBmp = encoded(colourRamp(4, 4), ".bmp");
        hugeBmp.replace(18, 8, QByteArray("\x60\xea\0\0\x60\xea\0\0", 8));
        QByteArray flipped = png;
        flipped[png.size() / 2] = char(~png[png.size() / 2]);
        QTest::newRow("zero bytes") << QByteArray() << "is empty (0 bytes)";
        QTest::newRow("one byte") << QByteArray("\xff") << "is no picture";
        QTest::newRow("text") << QByteArray("this is no picture\n") << "holds text";
        QTest::newRow("web page") << QByteArray("<!DOCTYPE html><html>404</html>") << "holds a web page";
        QTest::newRow("noise") << noise(2000) << "is no picture";
        QTest::newRow("GIF header alone") << QByteArray("GIF89a\1\0\1\0\0\0\0", 13) << "is cut short: only a part of the GIF";
        QTest::newRow("GIF without a picture") << QByteArray("GIF89a\1\0\1\0\0\0\0;", 14) << "holds no picture";
        QTest::newRow("GIF with a wrong code") << gif(1, 1, "\x02\x01\x3f\0") << "is damaged";
        QTest::newRow("huge GIF") << gif(60000, 60000, "\x02\x02\x44\x01\0") << "60000×60000 px, more than the limit";
        QTest::newRow("animated WebP") << QByteArray("RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\0\0\0\0\0\0", 30) << "is an animated WebP";
        QTest::newRow("HEIC") << QByteArray("\0\0\0\x18" "ftypheic", 12) << "save it as JPEG or PNG";
        QTest::newRow("huge PNG") << pngBytes(60000, 60000, 8, 2, "") << "60000×60000 px, more than the limit";
        QTest::newRow("large PNG of a few bytes") << pngBytes(14000, 14000, 8, 2, "") << "is cut short: so few bytes";
        QTest::newRow("PNG with another chunk first") << QByteArray(png).insert(8, pngChunk("tEXt", QByteArray(13, '\1'))) << "its header tells no size";
        QTest::newRow("PNG without size") << pngBytes(0, 0, 8, 2, "") << "its header tells no size";
        QTest::newRow("PNG with a changed byte") << flipped << "is cut short or damaged";
        QTest::newRow("huge BMP") << hugeBmp << "60000×60000 px, more than the limit";
        QTest::newRow("huge PPM") << QByteArray("P6 99999999 99999999 255\n") << "more than the limit";
        QTest::newRow("JPEG start alone") << QByteArray("\xff\xd8\xff\xe0") << "is cut short";
    }

    void brokenFileSaysWhy()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, cause);
        const Result<Picture> picture = readPictureFile(m_data.write("named.jpg", bytes), 3);
        QVERIFY(!picture);
        const QString text = QString::fromStdString(picture.error().text);
        QVERIFY2(text.contains(cause), qPrintable(text));
        QVERIFY2(text.contains("named.jpg"), qPrintable(text));
    }

    void whatIsNoFileSaysWhy()
    {
        m_data.makeFolder("folder.jpg");
        QVERIFY(readPictureFile(m_data.path("folder.jpg"), 3).error().text.find("is a folder") != std::string::npos);
        QVERIFY(readPictureFile(m_data.path("missing.jpg"), 3).error().text.find("does not exist") != std::string::npos);
    }

    void truncatedFileIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("JPEG") << jpeg(false);
        QTest::newRow("progressive JPEG") << jpeg(true);
        QTest::newRow("PNG") << encoded(colourRamp(120, 160), ".png");
        QTest::newRow("WebP") << encoded(colourRamp(120, 160), ".webp");
        QTest::newRow("BMP") << encoded(colourRamp(120, 160), ".bmp");
        QTest::newRow("TIFF") << encoded(colourRamp(120, 160), ".tiff");
        QFile gif(qEnvironmentVariable("NETLOOM_TEST_DATA") + "/formats/palette.gif");
        QVERIFY(gif.open(QIODevice::ReadOnly));
        QTest::newRow("GIF") << gif.readAll();
    }

    void truncatedFileIsRefused()
    {
        QFETCH(QByteArray, bytes);
        for (int part = 0; part < 50; ++part) {
            const Result<Picture> picture = readPictureFile(m_data.write("cut", bytes.left(bytes.size() * part / 50)), 3);
            QVERIFY2(!picture, qPrintable(QString("%1 of 50").arg(part)));
        }
        QVERIFY(readPictureFile(m_data.write("whole", bytes), 3));
    }

    void jpegWithUntidyBytesIsRead()
    {
        QByteArray bytes = jpeg(false);
        QVERIFY(readPictureFile(m_data.write("tail.jpg", bytes + "appended by a camera"), 3));
        bytes.insert(bytes.indexOf("\xff\xc0"), QByteArray("\0\0\0", 3));
        QVERIFY(readPictureFile(m_data.write("gap.jpg", bytes), 3));
        QVERIFY(!readPictureFile(m_data.write("gap and cut.jpg", bytes.left(bytes.size() * 3 / 4)), 3));
    }

    void damagedFileNeverCrashes_data() { truncatedFileIsRefused_data(); }

    void damagedFileNeverCrashes()
    {
        QFETCH(QByteArray, bytes);
        std::mt19937 random(1);
        for (int round = 0; round < 60; ++round) {
            QByteArray damaged = bytes;
            for (int count = 0; count < 1 + round % 5; ++count)
                damaged[qsizetype(random() % std::uint32_t(round % 2 ? 64 : bytes.size()))] = char(random());
            const Result<Picture> picture = readPictureFile(m_data.write("damaged", damaged), 3);
            if (picture)
                QCOMPARE(picture->pixels.size(), std::size_t(picture->height) * std::size_t(picture->width) * 3);
            else
                QVERIFY(!picture.error().text.empty());
        }
    }

    void endingTellsPictures_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("picture");
        QTest::newRow("jpg") << "a.jpg" << true;
        QTest::newRow("upper case") << "A.JPEG" << true;
        QTest::newRow("several dots") << "x/a.b.c.PnG" << true;
        QTest::newRow("webp") << "a.webp" << true;
        QTest::newRow("gif") << "a.gif" << true;
        QTest::newRow("text") << "a.txt" << false;
        QTest::newRow("no ending") << "jpg" << false;
        QTest::newRow("folder's ending") << "a.jpg/b" << false;
        QTest::newRow("empty") << "" << false;
    }

    void endingTellsPictures()
    {
        QFETCH(QString, file);
        QTEST(isPictureFile(file.toStdString()), "picture");
    }

private:
    PictureFolder m_data;
};

QTEST_GUILESS_MAIN(TestPictureFile)
#include "tst_picture_file.moc"
