// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/collection_writer.h"

#include "data/loader.h"
#include "panels/class_recorder.h"

#include <QThreadPool>

#include <algorithm>
#include <deque>
#include <exception>
#include <mutex>

namespace netloom {

namespace {

constexpr int kMostPending = 24; // pictures: 3 s of recording
constexpr int kSide = 2 * ClassRecorder::kThumbnail; // px: sharp where the screen is fine

QImage thumbnailOf(const Picture &picture)
{
    const QImage image(picture.pixels.data(), picture.width, picture.height, picture.width * 3, QImage::Format_RGB888);
    return image.scaled(kSide, kSide, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation).copy(); // of its own pixels
}

} // namespace

/// Carries what a thread found out to the window's: lives in that one, and as long as anybody needs it.
class CollectionWriter::Answers : public QObject {
public:
    /// @p say runs on the window's thread, unless the writer is gone.
    void post(std::function<void(CollectionWriter &)> say)
    {
        QMetaObject::invokeMethod(this, [this, say] {
            if (writer)
                say(*writer);
        }, Qt::QueuedConnection);
    }
    void list(const PictureCollection &collection)
    {
        const auto classes = collection.classes(ClassRecorder::kThumbnails);
        if (!classes)
            return fail(classes.error());
        QList<RecordedClass> shown;
        for (const CollectedClass &found : *classes) {
            RecordedClass entry{QString::fromStdString(found.name), found.count, {}};
            for (const std::string &file : found.newest) {
                if (const auto picture = readPictureFile(file, 3, DecodeHint{kSide}))
                    entry.thumbnails.prepend(thumbnailOf(*picture));
            }
            shown << entry;
        }
        post([shown, can = collection.canTakeBack()](CollectionWriter &to) {
            emit to.listed(shown);
            emit to.canTakeBackChanged(can);
        });
    }
    void fail(const Error &error)
    {
        post([why = QString::fromStdString(error.text)](CollectionWriter &to) { emit to.failed(why); });
    }
    void failOr(const Result<Done> &done)
    {
        if (!done)
            fail(done.error());
    }

    CollectionWriter *writer = nullptr; ///< touched by the window's thread alone
};

struct CollectionWriter::Queue {
    std::mutex mutex;
    std::deque<Task> tasks;
    bool running = false;
    PictureCollection collection{{}}; ///< of the thread that runs

    static void work(const std::shared_ptr<Queue> &queue, const std::shared_ptr<Answers> &answers)
    {
        for (;;) {
            Task task;
            {
                const std::lock_guard lock(queue->mutex);
                if (queue->tasks.empty()) {
                    queue->running = false;
                    return;
                }
                task = std::move(queue->tasks.front());
                queue->tasks.pop_front();
            }
            try {
                task(queue->collection, *answers);
            } catch (const std::exception &error) { // the file system
                answers->fail(Error{error.what()});
            }
            answers->post([](CollectionWriter &to) {
                if (--to.m_pending == 0)
                    emit to.idle();
            });
        }
    }
};

CollectionWriter::CollectionWriter(QObject *parent)
    : QObject(parent), m_answers(new Answers, [](Answers *answers) { answers->deleteLater(); }), m_queue(std::make_shared<Queue>())
{
    m_answers->writer = this;
}

CollectionWriter::~CollectionWriter()
{
    m_answers->writer = nullptr;
}

void CollectionWriter::ask(Task task)
{
    ++m_pending;
    const std::lock_guard lock(m_queue->mutex);
    m_queue->tasks.push_back(std::move(task));
    if (std::exchange(m_queue->running, true))
        return;
    QThreadPool::globalInstance()->start([queue = m_queue, answers = m_answers] { Queue::work(queue, answers); });
}

void CollectionWriter::open(const QString &root)
{
    ask([root = root.toStdString()](PictureCollection &collection, Answers &answers) {
        collection = PictureCollection(folderToCollectIn(root));
        answers.list(collection);
    });
}

void CollectionWriter::addClass(const QString &name)
{
    ask([name = name.toStdString()](PictureCollection &collection, Answers &answers) {
        answers.failOr(collection.addClass(name));
        answers.list(collection);
    });
}

void CollectionWriter::renameClass(const QString &from, const QString &to)
{
    ask([from = from.toStdString(), to = to.toStdString()](PictureCollection &collection, Answers &answers) {
        answers.failOr(collection.renameClass(from, to));
        answers.list(collection);
    });
}

void CollectionWriter::removeClass(const QString &name)
{
    ask([name = name.toStdString()](PictureCollection &collection, Answers &answers) {
        answers.failOr(collection.removeClass(name));
        answers.list(collection);
    });
}

void CollectionWriter::beginRecording()
{
    ask([](PictureCollection &collection, Answers &) { collection.beginRecording(); });
}

void CollectionWriter::write(std::shared_ptr<const CameraFrame> frame, const QString &className, FrameCut cut, PictureFormat format)
{
    if (m_pending >= kMostPending)
        return;
    ask([frame = std::move(frame), className, cut, format](PictureCollection &collection, Answers &answers) {
        Picture picture = frame->picture;
        cutFrame(picture, cut);
        const auto file = collection.write(picture, className.toStdString(), format);
        if (!file)
            return answers.fail(file.error());
        answers.post([className, thumbnail = thumbnailOf(picture)](CollectionWriter &to) {
            emit to.written(className, thumbnail);
            emit to.canTakeBackChanged(true);
        });
    });
}

void CollectionWriter::takeBack()
{
    ask([](PictureCollection &collection, Answers &answers) {
        const auto pictures = collection.takeBack();
        answers.list(collection);
        if (!pictures)
            return answers.fail(pictures.error());
        answers.post([count = *pictures](CollectionWriter &to) { emit to.takenBack(count); });
    });
}

} // namespace netloom
