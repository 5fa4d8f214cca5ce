// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/camera.h"

#include "data/quiet_opencv.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

namespace netloom {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

namespace {

constexpr int kMostCameras = 6;
constexpr int kWidth = 640; // px: asked of a camera, which may give another size
constexpr int kHeight = 480;
constexpr double kUsualRate = 25; // frames a second of a video that doesn't say
constexpr int kOpenAttempts = 3;  // a camera that was just left takes a moment until it opens again
constexpr auto kBetweenAttempts = std::chrono::milliseconds(300);
constexpr auto kPatience = std::chrono::milliseconds(100);

#ifdef __linux__
constexpr int kCameraBackend = cv::CAP_V4L2; // the others write to the terminal
std::string deviceOf(int camera)
{
    return "/dev/video" + std::to_string(camera);
}
bool mayExist(int camera)
{
    std::error_code code;
    return fs::exists(deviceOf(camera), code);
}
#else
constexpr int kCameraBackend = cv::CAP_ANY;
bool mayExist(int)
{
    return true;
}
#endif

/// As a plain RGB picture, reduced where it is large.
Picture toPicture(const cv::Mat &frame)
{
    cv::Mat small = frame;
    const int longest = std::max(frame.cols, frame.rows);
    if (longest > CameraFrame::kLongestSide) {
        const double scale = double(CameraFrame::kLongestSide) / longest;
        cv::resize(frame, small, {std::max(1, int(frame.cols * scale)), std::max(1, int(frame.rows * scale))}, 0, 0, cv::INTER_AREA);
    }
    Picture picture{small.rows, small.cols, 3, std::vector<std::uint8_t>(small.total() * 3)};
    cv::Mat rgb(small.rows, small.cols, CV_8UC3, picture.pixels.data());
    cv::cvtColor(small, rgb, small.channels() == 1 ? cv::COLOR_GRAY2RGB : cv::COLOR_BGR2RGB);
    return picture;
}

std::string fileProblem(const std::string &video)
{
    std::error_code code;
    const fs::file_status status = fs::status(video, code);
    if (!fs::exists(status))
        return "The video '" + video + "' doesn't exist: choose another one.";
    if (fs::is_directory(status))
        return "'" + video + "' is a folder: choose a video file.";
    return "'" + video + "' is no video that can be read: choose another one, such as MP4, WebM or AVI.";
}

} // namespace

std::vector<int> findCameras()
{
    quietOpenCv();
    std::vector<int> cameras;
    for (int camera = 0; camera < kMostCameras; ++camera) {
        try {
            if (mayExist(camera) && cv::VideoCapture(camera, kCameraBackend).isOpened())
                cameras.push_back(camera);
        } catch (const cv::Exception &) { // is none
        }
    }
    return cameras;
}

/// Shared by the camera and its thread, whichever lasts longer.
struct Camera::State {
    explicit State(CameraInput what, Changed told) : input(std::move(what)), changed(std::move(told)) {}

    void run();
    std::string readFrames();
    bool open(cv::VideoCapture &capture);
    void keep(const cv::Mat &frame);
    /// False where the camera is given up in the meantime.
    bool waitUntil(steady_clock::time_point time)
    {
        std::unique_lock lock(mutex);
        return !wake.wait_until(lock, time, [this] { return stopped; });
    }
    bool goesOn()
    {
        const std::lock_guard lock(mutex);
        return !stopped;
    }
    void tell()
    {
        const std::lock_guard lock(telling);
        if (changed)
            changed();
    }

    const CameraInput input;
    mutable std::mutex mutex; ///< of what follows
    std::condition_variable wake;
    std::shared_ptr<const CameraFrame> newest;
    std::int64_t frames = 0;
    std::string failure;
    bool stopped = false;
    bool ended = false;
    std::mutex telling; ///< held while the owner is told, who waits for it before it goes
    Changed changed;
};

void Camera::State::run()
{
    std::string why;
    try {
        why = readFrames();
    } catch (const std::exception &error) { // OpenCV's
        why = std::string("The camera or video can't be read (") + error.what() + ").";
    }
    {
        const std::lock_guard lock(mutex);
        failure = why;
        ended = true;
    }
    wake.notify_all();
    if (!why.empty())
        tell();
}

bool Camera::State::open(cv::VideoCapture &capture)
{
    if (!input.video.empty())
        return capture.open(input.video);
    for (int attempt = 0; attempt < kOpenAttempts; ++attempt) {
        if (capture.open(input.camera, kCameraBackend)) {
            capture.set(cv::CAP_PROP_FRAME_WIDTH, kWidth);
            capture.set(cv::CAP_PROP_FRAME_HEIGHT, kHeight);
            return true;
        }
        if (!waitUntil(steady_clock::now() + kBetweenAttempts))
            return false;
    }
    return false;
}

std::string Camera::State::readFrames()
{
    quietOpenCv();
    const bool isVideo = !input.video.empty();
    const std::string name = "Camera " + std::to_string(input.camera + 1);
    if (!isVideo && !mayExist(input.camera))
        return name + " isn't there: plug it in, or choose a video in its place.";
    cv::VideoCapture capture;
    if (!open(capture))
        return isVideo ? fileProblem(input.video) : name + " doesn't open: another program may be using it, or you may lack the right to.";
    const double said = capture.get(cv::CAP_PROP_FPS);
    const std::chrono::duration<double> period(1 / (said >= 1 && said <= 240 ? said : kUsualRate));
    auto due = steady_clock::now();
    bool startedAgain = false;
    cv::Mat frame;
    while (goesOn()) {
        if (!capture.read(frame) || frame.empty()) {
            if (!isVideo)
                return name + " gives no pictures: it was unplugged, or another program is using it.";
            if (startedAgain || !capture.open(input.video))
                return "'" + input.video + "' holds no pictures that can be read: choose another video.";
            startedAgain = true;
            continue;
        }
        startedAgain = false;
        keep(frame);
        if (!isVideo)
            continue; // which waits for the next by itself
        due = std::max(due + std::chrono::duration_cast<steady_clock::duration>(period), steady_clock::now());
        if (!waitUntil(due))
            break;
    }
    return {};
}

void Camera::State::keep(const cv::Mat &frame)
{
    auto kept = std::make_shared<CameraFrame>(CameraFrame{++frames, toPicture(frame)});
    {
        const std::lock_guard lock(mutex);
        newest = std::move(kept);
    }
    tell();
}

Camera::Camera(CameraInput input, Changed changed) : m_state(std::make_shared<State>(std::move(input), std::move(changed)))
{
    std::thread([state = m_state] { state->run(); }).detach();
}

Camera::~Camera()
{
    {
        const std::lock_guard lock(m_state->telling);
        m_state->changed = nullptr;
    }
    std::unique_lock lock(m_state->mutex);
    m_state->stopped = true;
    m_state->wake.notify_all();
    m_state->wake.wait_for(lock, kPatience, [this] { return m_state->ended; }); // else it opens again too early
}

std::shared_ptr<const CameraFrame> Camera::newest() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->newest;
}

std::string Camera::failure() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->failure;
}

} // namespace netloom
