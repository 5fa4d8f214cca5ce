// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/idx_file.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <new>

namespace netloom {

namespace {

constexpr std::int64_t kMaxBytes = std::int64_t{1} << 30;
constexpr std::size_t kChunk = 1 << 20;

struct CloseGz {
    void operator()(gzFile file) const { gzclose(file); }
};

std::string dimsText(const std::vector<std::int64_t> &dims)
{
    std::string text;
    for (std::int64_t size : dims)
        text += (text.empty() ? "" : "×") + std::to_string(size);
    return text;
}

class IdxReading {
public:
    IdxReading(const std::string &file, int rank) : m_file(file), m_rank(rank), m_stream(gzopen(file.c_str(), "rb")) {}

    Result<IdxArray> read()
    {
        if (!m_stream)
            return failed("can't be opened");
        gzbuffer(m_stream.get(), kChunk);
        std::array<std::uint8_t, 4> magic{};
        if (!fill(magic))
            return shortOr("holds no IDX header");
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != 8 || magic[3] != m_rank)
            return failed(m_rank == 3 ? "is no IDX file of pictures" : "is no IDX file of labels");
        std::int64_t total = 1;
        for (int axis = 0; axis < m_rank; ++axis) {
            std::array<std::uint8_t, 4> size{};
            if (!fill(size))
                return shortOr("ends in the middle of its header");
            m_array.dims.push_back(std::int64_t{size[0]} << 24 | size[1] << 16 | size[2] << 8 | size[3]);
            if (m_array.dims.back() == 0 || total > kMaxBytes / m_array.dims.back())
                return failed("has a damaged header: it claims " + dimsText(m_array.dims) + " bytes");
            total *= m_array.dims.back();
        }
        return readBytes(static_cast<std::size_t>(total));
    }

private:
    Result<IdxArray> readBytes(std::size_t total)
    {
        std::vector<std::uint8_t> &bytes = m_array.bytes;
        reserve(total);
        while (bytes.size() < total) {
            const std::size_t have = bytes.size();
            bytes.resize(std::min(total, have + kChunk));
            const int got = gzread(m_stream.get(), bytes.data() + have, static_cast<unsigned>(bytes.size() - have));
            bytes.resize(have + static_cast<std::size_t>(std::max(0, got)));
            if (got <= 0)
                return shortOr("is cut short: its header promises " + dimsText(m_array.dims) + " bytes, but only "
                    + std::to_string(bytes.size()) + " are there");
        }
        std::uint8_t beyond = 0;
        if (gzread(m_stream.get(), &beyond, 1) < 0) // here gzip's checksum is compared
            return shortOr("is damaged");
        return std::move(m_array);
    }

    /// Takes the room at once that a vector would else grow to by doubling, with the old half beside it. A header may lie: no more than
    /// gzip usually makes of the file.
    void reserve(std::size_t total)
    {
        constexpr std::uintmax_t kUsualRatio = 16;
        std::error_code unknown;
        const std::uintmax_t packed = std::filesystem::file_size(m_file, unknown);
        if (!unknown)
            m_array.bytes.reserve(std::min<std::uintmax_t>(total, packed * kUsualRatio));
    }

    bool fill(std::array<std::uint8_t, 4> &bytes) { return gzread(m_stream.get(), bytes.data(), 4) == 4; }

    Error failed(const std::string &cause) const { return {"'" + m_file + "' " + cause + ": fetch it again."}; }

    /// zlib's own complaint where it has one.
    Error shortOr(const std::string &cause) const
    {
        int code = Z_OK;
        gzerror(m_stream.get(), &code);
        if (code == Z_DATA_ERROR)
            return failed("is damaged (its gzip data doesn't fit together)");
        if (code == Z_BUF_ERROR)
            return failed("is cut short in the middle of its gzip data");
        return failed(cause);
    }

    const std::string &m_file;
    int m_rank;
    std::unique_ptr<gzFile_s, CloseGz> m_stream;
    IdxArray m_array;
};

} // namespace

Result<IdxArray> readIdx(const std::string &file, int rank)
{
    try {
        return IdxReading(file, rank).read();
    } catch (const std::bad_alloc &) {
        return Error{"'" + file + "' needs more memory than there is: close other programs."};
    }
}

} // namespace netloom
