// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/camera.h"

#include <QFutureWatcher>
#include <QImage>
#include <QObject>

#include <atomic>
#include <optional>

namespace netloom {

/// The camera or video that is looked at, for the window's thread.
class LiveCamera : public QObject {
    Q_OBJECT
public:
    explicit LiveCamera(QObject *parent = nullptr);
    ~LiveCamera() override;

    /// Looks for cameras in the background; found() follows.
    void search();
    /// Leaves what is open; frames or a failure follow.
    void open(const CameraInput &input);
    const std::optional<CameraInput> &input() const { return m_input; }
    /// Null where there is none.
    std::shared_ptr<const CameraFrame> frame() const { return m_frame; }

signals:
    void found(const std::vector<int> &cameras);
    void frameArrived();
    void failed(const QString &why);

private:
    void look();

    std::optional<CameraInput> m_input;
    std::unique_ptr<Camera> m_camera;
    std::shared_ptr<const CameraFrame> m_frame;
    std::atomic<bool> m_told = false; ///< a look is under way: frames don't pile up for a busy window
    QFutureWatcher<std::vector<int>> m_search;
};

/// @p picture as an image that shares its pixels.
QImage imageOf(std::shared_ptr<const CameraFrame> frame);

} // namespace netloom
