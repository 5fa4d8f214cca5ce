// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/quiet_opencv.h"

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>

#include <mutex>

namespace netloom {

void quietOpenCv()
{
    static std::once_flag once;
    std::call_once(once, [] {
        cv::setNumThreads(0);
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    });
}

} // namespace netloom
