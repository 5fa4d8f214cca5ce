// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

#include <string>

namespace netloom::test {

/// Writes an MJPG video of @p width × @p height px: red on the left, blue on the right, and a green bar that moves.
inline void writeVideo(const std::string &file, int frames = 12, int width = 64, int height = 48, double rate = 30)
{
    cv::VideoWriter writer(file, cv::CAP_OPENCV_MJPEG, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), rate, {width, height});
    for (int frame = 0; frame < frames; ++frame) {
        cv::Mat picture(height, width, CV_8UC3, cv::Scalar(0, 0, 220));
        picture.colRange(width / 2, width).setTo(cv::Scalar(220, 0, 0));
        cv::rectangle(picture, {frame * width / frames, 0, width / 12, height / 6}, cv::Scalar(0, 220, 0), cv::FILLED);
        writer.write(picture);
    }
}

} // namespace netloom::test
