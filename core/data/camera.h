// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace netloom {

/// Where live pictures come from: a camera by its number, or a video file in its place.
struct CameraInput {
    int camera = 0;
    std::string video; ///< a file; "" takes the camera

    friend bool operator==(const CameraInput &, const CameraInput &) = default;
};

/// One picture of a camera or video: RGB, at most kLongestSide px long.
struct CameraFrame {
    static constexpr int kLongestSide = 1280;

    std::int64_t number = 0; ///< counts from 1; a video goes on counting when it starts again
    Picture picture;
};

/// The numbers of the cameras that open. Opens each for a moment, which takes a while and fails for one that is in use.
std::vector<int> findCameras();

/// Reads a camera, or a video at its own rate and over and over, on a thread of its own, and keeps the newest frame alone. Nobody waits
/// for it: a camera that hangs is left to itself.
class Camera {
public:
    using Changed = std::function<void()>;

    /// @p changed is called on the camera's thread after each frame and after the failure, and never once the camera is destroyed.
    Camera(CameraInput input, Changed changed);
    ~Camera();
    Camera(const Camera &) = delete;
    Camera &operator=(const Camera &) = delete;

    /// Null before the first.
    std::shared_ptr<const CameraFrame> newest() const;
    /// Why there are no more frames, as a sentence; "" while all is well.
    std::string failure() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace netloom
