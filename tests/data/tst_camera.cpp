// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/camera.h"
#include "data/loader.h"
#include "data/picture_collection.h"
#include "support/picture_files.h"
#include "support/video_file.h"

#include <QTest>

#include <atomic>

using namespace netloom;
using test::PictureFolder;

namespace {

/// Red on the left, blue on the right.
Picture halves(int height, int width)
{
    Picture picture{height, width, 3, std::vector<std::uint8_t>(std::size_t(height * width * 3))};
    for (int pixel = 0; pixel < height * width; ++pixel)
        picture.pixels[std::size_t(pixel * 3 + (pixel % width < width / 2 ? 0 : 2))] = 220;
    return picture;
}

bool isRed(const Picture &picture, int x)
{
    const std::uint8_t *pixel = &picture.pixels[std::size_t((picture.height - 1) * picture.width + x) * 3];
    return pixel[0] > 150 && pixel[2] < 80;
}

QStringList filesIn(const std::string &folder)
{
    return QDir(QString::fromStdString(folder)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

/// "cup 2, pen 0"
QString countsOf(const PictureCollection &collection)
{
    QStringList counts;
    const auto classes = collection.classes(0);
    if (!classes)
        return QString::fromStdString(classes.error().text);
    for (const CollectedClass &found : *classes)
        counts << QString::fromStdString(found.name) + ' ' + QString::number(found.count);
    return counts.join(", ");
}

} // namespace

class TestCamera : public QObject {
    Q_OBJECT

private slots:
    void videoStandsInAndStartsAgain()
    {
        const PictureFolder folder;
        test::writeVideo(folder.path("clip.avi"), 4, 64, 48, 200);
        std::atomic<int> told = 0;
        Camera camera({0, folder.path("clip.avi")}, [&told] { ++told; });
        QTRY_VERIFY2(camera.newest() && camera.newest()->number > 9, camera.failure().c_str()); // more than twice through
        QVERIFY(told >= 9);
        const auto frame = camera.newest();
        QCOMPARE(frame->picture.width, 64);
        QCOMPARE(frame->picture.height, 48);
        QCOMPARE(frame->picture.channels, 3);
        QVERIFY(isRed(frame->picture, 2) && !isRed(frame->picture, 61));
        QCOMPARE(camera.failure(), std::string());
    }

    void whatGivesNoPicturesSaysWhy_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("video");
        QTest::addColumn<QString>("text");
        QTest::newRow("no camera") << 61 << "" << "Camera 62";
        QTest::newRow("no file") << 0 << "gone.avi" << "doesn't exist";
        QTest::newRow("a folder") << 0 << "." << "is a folder";
        QTest::newRow("no video") << 0 << "text.avi" << "no video that can be read";
    }

    void whatGivesNoPicturesSaysWhy()
    {
        QFETCH(int, number);
        QFETCH(QString, video);
        QFETCH(QString, text);
        const PictureFolder folder;
        folder.write("text.avi", "just words");
        std::atomic<int> told = 0;
        const Camera camera({number, video.isEmpty() ? std::string() : folder.path(video)}, [&told] { ++told; });
        QTRY_COMPARE(told.load(), 1);
        QVERIFY2(QString::fromStdString(camera.failure()).contains(text), camera.failure().c_str());
        QVERIFY(!camera.newest());
    }

    void recordingsAreNumberedAndTakenBack()
    {
        const PictureFolder folder;
        folder.write("set/cup/0007.jpg", "somebody's own");
        PictureCollection collection(folder.path("set"));
        collection.beginRecording();
        const Picture picture = halves(8, 16);
        const auto first = collection.write(picture, "cup", PictureFormat::Jpeg);
        QVERIFY2(first.ok(), first.ok() ? "" : first.error().text.c_str());
        QVERIFY(picture == halves(8, 16)); // its red and blue changed places in the memory once
        collection.beginRecording();
        QVERIFY(collection.write(picture, "cup", PictureFormat::Png).ok());
        QVERIFY(collection.write(picture, "pen", PictureFormat::Png).ok());
        QCOMPARE(filesIn(folder.path("set/cup")), QStringList({"0007.jpg", "0008.jpg", "0009.png"}));
        const auto read = readPictureFile(*first, 3, {});
        QVERIFY(read.ok() && isRed(*read, 2) && !isRed(*read, 13));
        QVERIFY(collection.renameClass("cup", "mug").ok());
        QCOMPARE(*collection.takeBack(), 2);
        QCOMPARE(countsOf(collection), QString("mug 2, pen 0"));
        QCOMPARE(*collection.takeBack(), 1);
        QCOMPARE(*collection.takeBack(), 0);
        QCOMPARE(filesIn(folder.path("set/mug")), QStringList({"0007.jpg"})); // which this session did not write
        QCOMPARE(filesIn(folder.path("set/.netloom-removed/mug")).size(), 2);
        QVERIFY(!collection.removeClass("mug").ok());
        QVERIFY(collection.removeClass("pen").ok());
        QCOMPARE(countsOf(collection), QString("mug 1"));
    }

    void classNamesAreGoodFolderNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text"); // "" where the name is fine
        QTest::newRow("plain") << "my cup" << "";
        QTest::newRow("umlaut") << "Größe 2" << "";
        QTest::newRow("nothing") << "  " << "needs a name";
        QTest::newRow("slash") << "a/b" << "can't be a folder's name";
        QTest::newRow("up") << ".." << "hidden folder";
        QTest::newRow("full stop") << "cup." << "full stop";
        QTest::newRow("split") << "Validation" << "part of the data";
        QTest::newRow("there in other letters") << "PEN" << "a class 'pen' already";
        QTest::newRow("long") << QString(120, 'x') << "too long";
    }

    void classNamesAreGoodFolderNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, text);
        const PictureFolder folder;
        folder.makeFolder("set/pen");
        PictureCollection collection(folder.path("set"));
        const auto added = collection.addClass(name.toStdString());
        QCOMPARE(added.ok(), text.isEmpty());
        if (!text.isEmpty())
            QVERIFY2(QString::fromStdString(added.error().text).contains(text), added.error().text.c_str());
        QCOMPARE(collection.classes(0)->size(), std::size_t(text.isEmpty() ? 2 : 1));
    }

    void framesAreCutAndMirrored()
    {
        Picture picture = halves(8, 16);
        cutFrame(picture, {true, true});
        QCOMPARE(picture.width, 8);
        QCOMPARE(picture.height, 8);
        QVERIFY(!isRed(picture, 0) && isRed(picture, 7));
    }
};

QTEST_GUILESS_MAIN(TestCamera)
#include "tst_camera.moc"
