// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_file.h"

#include "data/gif_picture.h"
#include "data/jpeg_picture.h"
#include "data/loader.h"
#include "data/picture_pixels.h"
#include "data/quiet_opencv.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <new>
#include <string_view>
#include <system_error>

namespace netloom {

namespace {

constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{1} << 30;
constexpr std::size_t kHeaderBytes = 256 * 1024;
constexpr std::int64_t kMaxDeflateRatio = 1100;

using Cause = std::optional<std::string>;

struct CloseFile {
    void operator()(std::FILE *file) const { std::fclose(file); }
};
using FilePtr = std::unique_ptr<std::FILE, CloseFile>;

Cause readBytes(const std::string &file, std::vector<std::uint8_t> &bytes)
{
    std::error_code code;
    const auto status = std::filesystem::status(file, code);
    if (!std::filesystem::exists(status))
        return "does not exist";
    if (!std::filesystem::is_regular_file(status))
        return std::filesystem::is_directory(status) ? "is a folder, not a picture" : "is no regular file";
    const auto size = std::filesystem::file_size(file, code);
    if (code)
        return "can't be opened (" + code.message() + ")";
    if (size == 0)
        return "is empty (0 bytes)";
    if (size > kMaxFileBytes)
        return "is larger than 1 GiB, which no training picture needs";
    const FilePtr stream(std::fopen(file.c_str(), "rb"));
    if (!stream)
        return "can't be opened (" + std::generic_category().message(errno) + ")";
    bytes.resize(size);
    if (std::fread(bytes.data(), 1, bytes.size(), stream.get()) != bytes.size())
        return "can't be read to its end";
    return {};
}

/// What the header alone tells against decoding; nothing that it claims has been allocated by then.
Cause refuseHeader(const PictureHeader &header, std::size_t fileBytes)
{
    switch (header.format) {
    case PictureFormat::Heif: return "is HEIC, AVIF or a video, which isn't read here: save it as JPEG or PNG";
    case PictureFormat::Text: return "holds text, not a picture";
    case PictureFormat::WebPage: return "holds a web page, not a picture: its download failed";
    case PictureFormat::Unknown: return "is no picture: its content is neither JPEG, PNG, WebP, BMP, TIFF, GIF nor PPM";
    default: break;
    }
    if (header.width <= 0 || header.height <= 0)
        return header.format == PictureFormat::Jpeg ? "is cut short: only a part of the JPEG is there"
                                                    : "is damaged: its header tells no size";
    if (header.width > kMaxPixels || header.height > kMaxPixels || header.width * header.height > kMaxPixels)
        return "claims to be " + std::to_string(header.width) + "×" + std::to_string(header.height)
            + " px, more than the limit of 200 megapixels: its header is damaged, or it must be made smaller";
    if (header.animated)
        return "is an animated WebP, which isn't read here: save its first picture as PNG";
    const auto have = static_cast<std::int64_t>(fileBytes);
    const std::int64_t leastRaw = header.height * ((header.width + 7) / 8);
    if (have < header.leastBytes || (header.format == PictureFormat::Png && have * kMaxDeflateRatio < leastRaw))
        return "is cut short: so few bytes can't hold the " + std::to_string(header.width) + "×"
            + std::to_string(header.height) + " px of its header";
    return {};
}

std::uint8_t composited(int value, int alpha, int background)
{
    return static_cast<std::uint8_t>((value * alpha + background * (255 - alpha) + 127) / 255);
}

/// The same of a colour that its alpha has been multiplied with.
std::uint8_t added(int value, int alpha, int background)
{
    return static_cast<std::uint8_t>(std::min(255, value + (background * (255 - alpha) + 127) / 255));
}

/// OpenCV's grey, BGR or BGRA of 8 bit → grey or RGB.
void takePixels(const cv::Mat &decoded, bool premultiplied, const Rgb &background, Picture &picture)
{
    const int stored = decoded.channels();
    picture.height = decoded.rows;
    picture.width = decoded.cols;
    picture.channels = stored == 1 ? 1 : 3;
    picture.pixels.resize(decoded.total() * static_cast<std::size_t>(picture.channels));
    std::uint8_t *out = picture.pixels.data();
    for (int row = 0; row < decoded.rows; ++row) {
        const std::uint8_t *in = decoded.ptr<std::uint8_t>(row);
        for (int column = 0; column < decoded.cols; ++column, in += stored) {
            if (stored == 1) {
                *out++ = in[0];
                continue;
            }
            const int alpha = stored == 4 ? in[3] : 255;
            for (std::size_t channel = 0; channel < 3; ++channel)
                *out++ = (premultiplied ? added : composited)(in[2 - channel], alpha, background[channel]);
        }
    }
}

/// Grey → BGR with @p background in the place of the grey @p clear.
void showThrough(cv::Mat &grey, int clear, const Rgb &background)
{
    const cv::Mat mask = grey == clear;
    if (grey.depth() == CV_16U)
        grey.convertTo(grey, CV_8U, 1.0 / 257.0);
    cv::cvtColor(grey, grey, cv::COLOR_GRAY2BGR);
    grey.setTo(cv::Scalar(background[2], background[1], background[0]), mask);
}

Cause decodeWithOpenCv(const std::vector<std::uint8_t> &bytes, PictureFormat format, const Rgb &background, Picture &picture)
{
    std::string png;
    cv::Mat input(1, static_cast<int>(bytes.size()), CV_8U, const_cast<std::uint8_t *>(bytes.data()));
    if (format == PictureFormat::Png) {
        if (!cleanPng(bytes, png))
            return "is cut short or damaged: a part of the PNG is missing or changed";
        input = cv::Mat(1, static_cast<int>(png.size()), CV_8U, png.data());
    }
    const int flags = format == PictureFormat::Jpeg ? cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION : cv::IMREAD_UNCHANGED;
    cv::Mat decoded = cv::imdecode(input, flags);
    if (decoded.empty())
        return "is cut short or damaged: it can't be decoded";
    if (const auto clear = decoded.channels() == 1 && format == PictureFormat::Png ? clearGreyOfPng(png) : std::nullopt)
        showThrough(decoded, *clear, background);
    const bool premultiplied = format == PictureFormat::Tiff && decoded.depth() == CV_8U; // as libtiff gives them
    if (decoded.depth() == CV_16U)
        decoded.convertTo(decoded, CV_8U, 1.0 / 257.0);
    if (decoded.depth() != CV_8U || decoded.channels() == 2 || decoded.channels() > 4)
        return "holds numbers that are no colours (neither 8 nor 16 bit): save it as 8 bit";
    takePixels(decoded, premultiplied, background, picture);
    return {};
}

Cause decodeBytes(const std::vector<std::uint8_t> &bytes, int channels, DecodeHint hint, const Rgb &background, Picture &picture)
{
    const PictureHeader header = parsePictureHeader(bytes);
    if (Cause cause = refuseHeader(header, bytes.size()))
        return cause;
    JpegOutcome outcome = JpegOutcome::Unsupported;
    if (header.format == PictureFormat::Jpeg) {
        std::string cause;
        outcome = decodeJpeg(bytes, hint, picture, cause);
        if (outcome == JpegOutcome::Damaged)
            return cause;
    }
    if (header.format == PictureFormat::Gif) {
        if (Cause cause = decodeGif(bytes, background, picture))
            return cause;
    } else if (outcome == JpegOutcome::Unsupported) {
        if (Cause cause = decodeWithOpenCv(bytes, header.format, background, picture))
            return cause;
    }
    if (header.format != PictureFormat::Tiff) // those OpenCV turns
        makeUpright(picture, header.orientation);
    setChannels(picture, channels);
    return {};
}

} // namespace

Cause decodePictureFile(const std::string &file, int channels, DecodeHint hint, Picture &picture, const Rgb &background)
{
    thread_local std::vector<std::uint8_t> bytes;
    quietOpenCv();
    try {
        if (Cause cause = readBytes(file, bytes))
            return cause;
        return decodeBytes(bytes, channels, hint, background, picture);
    } catch (const std::bad_alloc &) {
        return "needs more memory than there is: make the picture smaller";
    } catch (const std::exception &) { // cv::Exception: a decoder gave up
        return "is damaged: it can't be decoded";
    }
}

PictureHeader readPictureHeader(const std::string &file)
{
    std::error_code code;
    if (!std::filesystem::is_regular_file(file, code))
        return {};
    const FilePtr stream(std::fopen(file.c_str(), "rb"));
    if (!stream)
        return {};
    std::vector<std::uint8_t> bytes(kHeaderBytes);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), stream.get()));
    return parsePictureHeader(bytes);
}

Result<Picture> readPictureFile(const std::string &file, int channels, DecodeHint hint, const Rgb &background)
{
    Picture picture;
    if (const Cause cause = decodePictureFile(file, channels, hint, picture, background))
        return Error{"'" + file + "' " + *cause + "."};
    return picture;
}

bool isPictureFile(const std::string &file)
{
    static constexpr std::array<std::string_view, 14> endings{
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "dib", "tif", "tiff", "gif", "ppm", "pgm", "pnm"};
    const auto dot = file.find_last_of("./");
    if (dot == std::string::npos || file[dot] != '.')
        return false;
    std::string ending = file.substr(dot + 1);
    std::ranges::transform(ending, ending.begin(), [](char letter) { return static_cast<char>(std::tolower(static_cast<unsigned char>(letter))); });
    return std::ranges::find(endings, ending) != endings.end();
}

} // namespace netloom
