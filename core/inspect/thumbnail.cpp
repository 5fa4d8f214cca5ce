// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/thumbnail.h"

#include "data/loader.h"
#include "data/picture_pixels.h"
#include "transforms/resample.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

Result<Picture> shrunk(Result<Picture> picture, int side)
{
    if (!picture)
        return picture;
    const int longer = std::max(picture->width, picture->height);
    if (longer > side) {
        const auto scaled = [&](int length) { return std::max(1, static_cast<int>(std::lround(double(length) * side / longer))); };
        resample(*picture, scaled(picture->height), scaled(picture->width), Interpolation::Box);
    }
    setChannels(*picture, 3);
    return picture;
}

} // namespace

Result<Picture> makeThumbnail(const DataSource &source, std::int64_t sample, int side)
{
    return shrunk(source.read(sample, DecodeHint{side}), side);
}

Result<Picture> makeThumbnail(const std::string &file, int side)
{
    return shrunk(readPictureFile(file, 3, DecodeHint{side}), side);
}

} // namespace netloom
