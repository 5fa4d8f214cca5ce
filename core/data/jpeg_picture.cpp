// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/jpeg_picture.h"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace netloom {

namespace {

struct DestroyHandle {
    void operator()(void *handle) const { tjDestroy(handle); }
};

tjhandle decompressor()
{
    thread_local std::unique_ptr<void, DestroyHandle> handle(tjInitDecompress());
    return handle.get();
}

/// The smallest of 1/8, 1/4, 1/2 and 1 that keeps the shorter side. libjpeg-turbo has vector instructions for these alone: the
/// eighths between them would save no time and only blur.
tjscalingfactor scaleFor(int width, int height, int minShorterSide)
{
    const int shorter = std::min(width, height);
    for (int eighths = 1; eighths < 8 && minShorterSide > 0; eighths *= 2) {
        const tjscalingfactor scale{eighths, 8};
        if (TJSCALED(shorter, scale) >= minShorterSide)
            return scale;
    }
    return {1, 1};
}

/// libjpeg goes on after damage and fills in grey; what is merely untidy shows as it should.
bool isHarmless(std::string_view warning)
{
    return warning.find("extraneous bytes") != std::string_view::npos || warning.find("Unknown Adobe") != std::string_view::npos
        || warning.find("Invalid SOS parameters") != std::string_view::npos;
}

constexpr const char *kCutShort = "is cut short: only a part of the JPEG is there";

/// An end-of-image marker in the last 64 KiB, which leaves room for what cameras append.
bool hasEnd(std::span<const std::uint8_t> bytes)
{
    constexpr std::uint8_t marker[] = {0xff, 0xd9};
    const auto tail = bytes.last(std::min<std::size_t>(bytes.size(), 64 * 1024));
    return !std::ranges::search(tail, marker).empty();
}

std::string damage(std::string_view message)
{
    if (message.find("remature end") != std::string_view::npos || message.find("no image") != std::string_view::npos)
        return kCutShort;
    return "is damaged (" + std::string(message) + ")";
}

/// Adobe's CMYK, stored inverted as every program that writes it does.
void cmykToRgb(const std::vector<std::uint8_t> &cmyk, std::vector<std::uint8_t> &rgb)
{
    rgb.resize(cmyk.size() / 4 * 3);
    for (std::size_t pixel = 0; pixel < cmyk.size() / 4; ++pixel) {
        const std::uint8_t *in = cmyk.data() + pixel * 4;
        for (std::size_t channel = 0; channel < 3; ++channel)
            rgb[pixel * 3 + channel] = static_cast<std::uint8_t>((in[channel] * in[3] + 127) / 255);
    }
}

} // namespace

JpegOutcome decodeJpeg(std::span<const std::uint8_t> bytes, DecodeHint hint, Picture &picture, std::string &cause)
{
    const tjhandle handle = decompressor();
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colours = 0;
    if (!handle)
        return JpegOutcome::Unsupported;
    if (tjDecompressHeader3(handle, bytes.data(), bytes.size(), &width, &height, &subsampling, &colours) != 0) {
        const std::string_view message = tjGetErrorStr2(handle);
        if (message.find("subsampling") != std::string_view::npos)
            return JpegOutcome::Unsupported;
        if (tjGetErrorCode(handle) != TJERR_WARNING) {
            cause = damage(message);
            return JpegOutcome::Damaged;
        }
    }
    const tjscalingfactor scale = scaleFor(width, height, hint.minShorterSide);
    picture.width = TJSCALED(width, scale);
    picture.height = TJSCALED(height, scale);
    picture.channels = 3;
    const bool cmyk = colours == TJCS_CMYK || colours == TJCS_YCCK;
    std::vector<std::uint8_t> inks;
    std::vector<std::uint8_t> &target = cmyk ? inks : picture.pixels;
    target.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * (cmyk ? 4 : 3));
    const int failed = tjDecompress2(handle, bytes.data(), bytes.size(), target.data(), picture.width, 0, picture.height,
        cmyk ? TJPF_CMYK : TJPF_RGB, TJFLAG_LIMITSCANS);
    if (failed) {
        const std::string_view message = tjGetErrorStr2(handle);
        const bool harmless = tjGetErrorCode(handle) == TJERR_WARNING && isHarmless(message);
        // libjpeg tells of the first oddity only: behind a harmless one the end may be missing all the same.
        if (!harmless || !hasEnd(bytes)) {
            cause = harmless ? std::string(kCutShort) : damage(message);
            return JpegOutcome::Damaged;
        }
    }
    if (cmyk)
        cmykToRgb(inks, picture.pixels);
    return JpegOutcome::Decoded;
}

} // namespace netloom
