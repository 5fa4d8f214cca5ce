// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace netloom {

/// Rises only when an older program would misread a file; unknown members, parameters and node types survive without it.
inline constexpr std::int64_t kFormatVersion = 1;

inline constexpr char kVersionMember[] = "netloom";
inline constexpr char kRecipeMember[] = "recipe";
inline constexpr char kNodesMember[] = "nodes";
inline constexpr char kLinksMember[] = "links";
inline constexpr char kBlockMember[] = "block"; ///< of a block's own file: what is known of it besides its nodes
inline constexpr char kDocMember[] = "doc";

inline constexpr char kIdMember[] = "id";
inline constexpr char kNameMember[] = "name";
inline constexpr char kTypeMember[] = "type";
inline constexpr char kPositionMember[] = "position";
inline constexpr char kParamsMember[] = "params";
inline constexpr char kBypassedMember[] = "bypassed"; ///< true, or left out
inline constexpr char kFrozenMember[] = "frozen";     ///< true, or left out
inline constexpr char kLrScaleMember[] = "lr_scale";  ///< a number, left out where it is 1
inline constexpr char kExposedMember[] = "exposed";   ///< parameter → name at the block around it; left out where there is none
inline constexpr char kInsideMember[] = "inside";     ///< of a block: an object with "nodes" and "links"

/// Bounds against files that are no projects: far above what anybody draws.
inline constexpr std::uintmax_t kMaxFileBytes = 16u << 20;
inline constexpr std::size_t kMaxNodes = 2000;
inline constexpr std::size_t kMaxLinks = 8000;
inline constexpr std::int64_t kMaxNodeId = 1'000'000'000'000;
inline constexpr double kMaxCoordinate = 1e9;
inline constexpr int kMaxDepth = 32; ///< of blocks within blocks

} // namespace netloom
