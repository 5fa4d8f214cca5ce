// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace netloom {

/// What a pickle holds, as data: nothing is looked up, called or built. Values lie in one store and name each other by their place in it.
struct PickleValue {
    enum class Kind { None, Flag, Whole, Real, Text, Tuple, List, Dict, Class, Call, Storage };

    Kind kind = Kind::None;
    std::int64_t whole = 0;  ///< also of a flag
    double real = 0;
    std::string text;        ///< of a class "module.Name"
    std::vector<std::size_t> items; ///< of a tuple or list; of a dict key and value by turns; of a call the class and its arguments' tuple; of a storage the tuple that names it
};

struct Pickle {
    std::deque<PickleValue> values;
    std::size_t root = 0;

    const PickleValue &at(std::size_t place) const { return values[place]; }
};

/// Reads the part of Python's pickle format (protocol 2 to 4) that torch.save() writes a state_dict in. A call, which Python would make
/// when loading, is only noted. The error says what is wrong.
Result<Pickle> readPickle(std::string_view bytes);

} // namespace netloom
