// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/live_camera.h"

#include <QPromise>
#include <QThreadPool>

namespace netloom {

LiveCamera::LiveCamera(QObject *parent) : QObject(parent)
{
    connect(&m_search, &QFutureWatcher<std::vector<int>>::finished, this, [this] { emit found(m_search.result()); });
}

LiveCamera::~LiveCamera() = default;

void LiveCamera::search()
{
    if (m_search.isRunning())
        return;
    const auto promise = std::make_shared<QPromise<std::vector<int>>>();
    promise->start();
    m_search.setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise] {
        promise->addResult(findCameras());
        promise->finish();
    });
}

void LiveCamera::open(const CameraInput &input)
{
    m_camera.reset();
    m_frame.reset();
    m_input = input;
    m_told = false;
    m_camera = std::make_unique<Camera>(input, [this] {
        if (!m_told.exchange(true))
            QMetaObject::invokeMethod(this, &LiveCamera::look, Qt::QueuedConnection);
    });
}

void LiveCamera::look()
{
    m_told = false;
    if (!m_camera)
        return;
    const QString why = QString::fromStdString(m_camera->failure());
    m_frame = why.isEmpty() ? m_camera->newest() : nullptr;
    if (m_frame)
        emit frameArrived();
    else if (!why.isEmpty())
        emit failed(why);
}

QImage imageOf(std::shared_ptr<const CameraFrame> frame)
{
    const Picture &picture = frame->picture;
    auto *owner = new std::shared_ptr<const CameraFrame>(std::move(frame));
    return QImage(picture.pixels.data(), picture.width, picture.height, picture.width * 3, QImage::Format_RGB888,
        [](void *kept) { delete static_cast<std::shared_ptr<const CameraFrame> *>(kept); }, owner);
}

} // namespace netloom
