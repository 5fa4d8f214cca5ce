// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/camera.h"
#include "data/picture_collection.h"

#include <QImage>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>

namespace netloom {

/// What the window shows of a class.
struct RecordedClass {
    QString name;
    qint64 count = 0;
    QList<QImage> thumbnails; ///< the newest first
};

/// A PictureCollection on threads of its own, one thing after the other, so that the window never waits for the disk. What was asked
/// for still happens when the writer is destroyed, but nobody is told.
class CollectionWriter : public QObject {
    Q_OBJECT
public:
    explicit CollectionWriter(QObject *parent = nullptr);
    ~CollectionWriter() override;

    void open(const QString &root);
    void addClass(const QString &name);
    void renameClass(const QString &from, const QString &to);
    void removeClass(const QString &name);
    void beginRecording();
    /// Leaves the frame out where the disk lags far behind.
    void write(std::shared_ptr<const CameraFrame> frame, const QString &className, FrameCut cut, PictureFormat format);
    void takeBack();
    bool isBusy() const { return m_pending > 0; }

signals:
    void listed(const QList<RecordedClass> &classes);
    void written(const QString &className, const QImage &thumbnail);
    void takenBack(qint64 pictures);
    void canTakeBackChanged(bool can);
    void failed(const QString &why);
    void idle();

private:
    struct Queue;
    class Answers;
    using Task = std::function<void(PictureCollection &, Answers &)>;
    void ask(Task task);

    std::shared_ptr<Answers> m_answers;
    std::shared_ptr<Queue> m_queue;
    int m_pending = 0;
};

} // namespace netloom
