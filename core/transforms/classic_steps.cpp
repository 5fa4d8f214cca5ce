// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/classic_steps.h"

#include "data/picture_pixels.h"
#include "data/quiet_opencv.h"

#include <opencv2/imgproc.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace netloom {

namespace {

/// The picture's own pixels as OpenCV's matrix.
cv::Mat matrixOf(const Picture &picture)
{
    return {picture.height, picture.width, CV_8UC(picture.channels), const_cast<std::uint8_t *>(picture.pixels.data())};
}

/// Calls @p step (in, out) and makes its result, of the picture's shape, the picture.
template <class Step>
void replaceBy(Picture &picture, Step step)
{
    quietOpenCv();
    std::vector<std::uint8_t> &spare = spareBuffer();
    spare.resize(picture.pixels.size());
    cv::Mat out(picture.height, picture.width, CV_8UC(picture.channels), spare.data());
    step(matrixOf(picture), out);
    CV_Assert(out.data == spare.data());
    picture.pixels.swap(spare);
}

/// Calls @p step (in, out) on a grey picture, or on the brightness of a colour picture.
template <class Step>
void replaceBrightness(Picture &picture, Step step)
{
    if (picture.channels == 1)
        return replaceBy(picture, step);
    replaceBy(picture, [&](const cv::Mat &in, cv::Mat &out) {
        thread_local cv::Mat colours;
        thread_local cv::Mat brightness;
        cv::cvtColor(in, colours, cv::COLOR_RGB2YCrCb);
        cv::extractChannel(colours, brightness, 0);
        step(brightness, brightness);
        cv::insertChannel(brightness, colours, 0);
        cv::cvtColor(colours, out, cv::COLOR_YCrCb2RGB);
    });
}

template <std::size_t count>
int named(const std::pair<std::string_view, int> (&names)[count], std::string_view name)
{
    for (const auto &[word, value] : names) {
        if (word == name)
            return value;
    }
    throw std::out_of_range("OpenCV has no " + std::string(name));
}

constexpr std::pair<std::string_view, int> kThresholdTypes[] = {{"binary", cv::THRESH_BINARY}, {"binary_inv", cv::THRESH_BINARY_INV},
    {"trunc", cv::THRESH_TRUNC}, {"tozero", cv::THRESH_TOZERO}, {"tozero_inv", cv::THRESH_TOZERO_INV}};
constexpr std::pair<std::string_view, int> kMorphOps[] = {{"erode", cv::MORPH_ERODE}, {"dilate", cv::MORPH_DILATE}, {"open", cv::MORPH_OPEN},
    {"close", cv::MORPH_CLOSE}, {"gradient", cv::MORPH_GRADIENT}, {"tophat", cv::MORPH_TOPHAT}, {"blackhat", cv::MORPH_BLACKHAT}};
constexpr std::pair<std::string_view, int> kMorphShapes[]
    = {{"rect", cv::MORPH_RECT}, {"ellipse", cv::MORPH_ELLIPSE}, {"cross", cv::MORPH_CROSS}};

} // namespace

void equalizeHist(Picture &picture)
{
    replaceBrightness(picture, [](const cv::Mat &in, cv::Mat &out) { cv::equalizeHist(in, out); });
}

void equalizeTiles(Picture &picture, double clipLimit, std::array<int, 2> tiles)
{
    const auto clahe = cv::createCLAHE(clipLimit, cv::Size(tiles[1], tiles[0]));
    replaceBrightness(picture, [&](const cv::Mat &in, cv::Mat &out) { clahe->apply(in, out); });
}

void canny(Picture &picture, double low, double high, int aperture, bool exactNorm)
{
    setChannels(picture, 1);
    replaceBy(picture, [&](const cv::Mat &in, cv::Mat &out) { cv::Canny(in, out, low, high, aperture, exactNorm); });
}

void sobel(Picture &picture, SobelDirection direction, int size, double scale)
{
    replaceBy(picture, [&](const cv::Mat &in, cv::Mat &out) {
        thread_local cv::Mat across;
        thread_local cv::Mat down;
        if (direction != SobelDirection::Y)
            cv::Sobel(in, across, CV_32F, 1, 0, size, scale);
        if (direction != SobelDirection::X)
            cv::Sobel(in, down, CV_32F, 0, 1, size, scale);
        if (direction != SobelDirection::Both)
            return cv::convertScaleAbs(direction == SobelDirection::X ? across : down, out);
        cv::multiply(across, across, across);
        cv::accumulateSquare(down, across);
        cv::sqrt(across, across);
        across.convertTo(out, CV_8U);
    });
}

void threshold(Picture &picture, double level, double white, std::string_view type)
{
    setChannels(picture, 1);
    replaceBy(picture, [&](const cv::Mat &in, cv::Mat &out) { cv::threshold(in, out, level, white, named(kThresholdTypes, type)); });
}

double otsuLevel(const Picture &picture)
{
    quietOpenCv();
    Picture grey = picture;
    setChannels(grey, 1);
    cv::Mat unused;
    return cv::threshold(matrixOf(grey), unused, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
}

void medianBlur(Picture &picture, int size)
{
    replaceBy(picture, [&](const cv::Mat &in, cv::Mat &out) { cv::medianBlur(in, out, size); });
}

void morph(Picture &picture, std::string_view op, std::string_view shape, std::array<int, 2> size, int iterations)
{
    const cv::Mat element = cv::getStructuringElement(named(kMorphShapes, shape), cv::Size(size[1], size[0]));
    replaceBy(picture, [&](const cv::Mat &in, cv::Mat &out) {
        cv::morphologyEx(in, out, named(kMorphOps, op), element, cv::Point(-1, -1), iterations);
    });
}

} // namespace netloom
