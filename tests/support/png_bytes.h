// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <zlib.h>

#include <cstdint>

namespace netloom::test {

inline QByteArray bigEndian32(std::uint32_t number)
{
    const char bytes[4] = {char(number >> 24), char(number >> 16), char(number >> 8), char(number)};
    return QByteArray(bytes, 4);
}

inline QByteArray pngChunk(const QByteArray &kind, const QByteArray &data)
{
    const QByteArray body = kind + data;
    const auto sum = crc32(0, reinterpret_cast<const Bytef *>(body.data()), uInt(body.size()));
    return bigEndian32(std::uint32_t(data.size())) + body + bigEndian32(std::uint32_t(sum));
}

/// A PNG of any kind, which OpenCV cannot write: @p rows are the filter byte (0) and the packed pixels of each row.
inline QByteArray pngBytes(std::uint32_t width, std::uint32_t height, char depth, char colourType, const QByteArray &rows,
    const QByteArray &otherChunks = {})
{
    uLongf size = compressBound(uLong(rows.size()));
    QByteArray packed(qsizetype(size), 0);
    compress(reinterpret_cast<Bytef *>(packed.data()), &size, reinterpret_cast<const Bytef *>(rows.data()), uLong(rows.size()));
    packed.resize(qsizetype(size));
    const QByteArray header = bigEndian32(width) + bigEndian32(height) + QByteArray(1, depth) + QByteArray(1, colourType) + QByteArray(3, 0);
    return QByteArray("\x89PNG\r\n\x1a\n", 8) + pngChunk("IHDR", header) + otherChunks + pngChunk("IDAT", packed) + pngChunk("IEND", {});
}

} // namespace netloom::test
