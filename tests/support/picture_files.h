// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QString>
#include <QTemporaryDir>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <random>
#include <string>
#include <vector>

namespace netloom::test {

/// A folder that lives as long as the test, with what picture tests write into it.
class PictureFolder {
public:
    std::string root() const { return m_dir.path().toStdString(); }
    std::string path(const QString &relative) const { return m_dir.filePath(relative).toStdString(); }

    /// Writes @p bytes, and makes the folders on the way. Gives the file's full path.
    std::string write(const QString &relative, const QByteArray &bytes) const
    {
        const QString file = m_dir.filePath(relative);
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file));
        return file.toStdString();
    }

    void makeFolder(const QString &relative) const { QDir().mkpath(m_dir.filePath(relative)); }

private:
    QTemporaryDir m_dir;
};

/// @p picture as a file of the kind that @p ending (".png") names.
inline QByteArray encoded(const cv::Mat &picture, const std::string &ending, const std::vector<int> &options = {})
{
    std::vector<uchar> bytes;
    cv::imencode(ending, picture, bytes, options);
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

/// Smooth colours, different at every place, so that JPEG keeps them nearly.
inline cv::Mat colourRamp(int height, int width)
{
    cv::Mat picture(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            picture.at<cv::Vec3b>(y, x) = cv::Vec3b(uchar(x * 255 / width), uchar(y * 255 / height), uchar((x + y) * 127 / (width + height)));
    }
    return picture;
}

/// A colourful picture that that of no other @p seed resembles.
inline cv::Mat scene(int seed, int height = 96, int width = 128)
{
    std::mt19937 random(static_cast<unsigned>(seed));
    cv::Mat small(5, 6, CV_8UC3);
    for (int at = 0; at < int(small.total()); ++at)
        small.at<cv::Vec3b>(at / 6, at % 6) = cv::Vec3b(uchar(random() % 256), uchar(random() % 256), uchar(random() % 256));
    cv::Mat picture;
    cv::resize(small, picture, {width, height}, 0, 0, cv::INTER_CUBIC);
    return picture;
}

/// A small PNG of one grey.
inline QByteArray greyPng(int grey, int height = 4, int width = 4)
{
    return encoded(cv::Mat(height, width, CV_8UC1, cv::Scalar(grey)), ".png");
}

} // namespace netloom::test
