// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/pickle_reader.h"

#include <bit>
#include <cstring>
#include <map>
#include <optional>

namespace netloom {

namespace {

constexpr std::size_t kMostValues = 20'000'000;

/// Opcodes, as Python's Lib/pickletools.py describes them.
enum Opcode : unsigned char {
    kMark = '(', kStop = '.', kPop = '0', kNone = 'N', kTrue = 0x88, kFalse = 0x89, kProtocol = 0x80, kFrame = 0x95,
    kInt4 = 'J', kInt1 = 'K', kInt2 = 'M', kLong1 = 0x8a, kFloat = 'G',
    kText4 = 'X', kText1 = 0x8c, kText8 = 0x8d, kBytes1 = 'U', kBytes4 = 'T', kGlobal = 'c', kStackGlobal = 0x93,
    kEmptyTuple = ')', kTuple = 't', kTuple1 = 0x85, kTuple2 = 0x86, kTuple3 = 0x87, kEmptyList = ']', kAppend = 'a', kAppends = 'e',
    kEmptyDict = '}', kSetItem = 's', kSetItems = 'u', kReduce = 'R', kNewObject = 0x81, kBuild = 'b', kPersistentId = 'Q',
    kPut1 = 'q', kPut4 = 'r', kGet1 = 'h', kGet4 = 'j', kMemoize = 0x94,
};

/// The machine that a pickle is a program for; whatever is missing on its stack is a fault, told by an exception within this file.
class PickleMachine {
public:
    explicit PickleMachine(std::string_view bytes) : m_bytes(bytes) {}

    Pickle run()
    {
        while (step(static_cast<unsigned char>(take(1)[0]))) {
            if (m_pickle.values.size() > kMostValues)
                throw Error{"it holds too many values"};
        }
        m_pickle.root = pop();
        return std::move(m_pickle);
    }

private:
    using Kind = PickleValue::Kind;

    std::string_view take(std::uint64_t length)
    {
        if (m_bytes.size() - m_at < length)
            throw Error{"it ends too early"};
        const auto part = m_bytes.substr(m_at, length);
        m_at += length;
        return part;
    }

    template <class Number>
    Number number()
    {
        Number value = 0;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }

    std::string line()
    {
        const auto end = m_bytes.find('\n', m_at);
        if (end == std::string_view::npos)
            throw Error{"it ends too early"};
        std::string text(take(end - m_at));
        take(1);
        return text;
    }

    void push(PickleValue value)
    {
        m_pickle.values.push_back(std::move(value));
        m_stack.push_back(m_pickle.values.size() - 1);
    }
    void pushWhole(std::int64_t whole) { push({.kind = Kind::Whole, .whole = whole}); }
    void pushText(std::uint64_t length) { push({.kind = Kind::Text, .text = std::string(take(length))}); }

    std::size_t pop()
    {
        if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
            throw Error{"it takes a value that isn't there"};
        const std::size_t top = m_stack.back();
        m_stack.pop_back();
        return top;
    }
    std::vector<std::size_t> popMany(std::size_t count)
    {
        std::vector<std::size_t> items(count);
        while (count > 0)
            items[--count] = pop();
        return items;
    }
    std::vector<std::size_t> popToMark()
    {
        if (m_marks.empty())
            throw Error{"it goes back to a mark that isn't there"};
        std::vector<std::size_t> items(m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back()), m_stack.end());
        m_stack.resize(m_marks.back());
        m_marks.pop_back();
        return items;
    }

    void addTo(Kind kind, const std::vector<std::size_t> &items)
    {
        const std::size_t target = pop();
        m_stack.push_back(target);
        PickleValue &value = m_pickle.values[target];
        const bool made = value.kind == Kind::Call; // an OrderedDict is a call without arguments that items are put into
        if ((value.kind != kind && !made) || (kind == Kind::Dict && items.size() % 2 != 0))
            throw Error{"it puts items where they don't belong"};
        if (made) {
            value.kind = kind;
            value.items.clear();
        }
        value.items.insert(value.items.end(), items.begin(), items.end());
    }

    std::size_t top()
    {
        const std::size_t value = pop();
        m_stack.push_back(value);
        return value;
    }
    void put(std::uint32_t place) { m_memo[place] = top(); }
    void get(std::uint32_t place)
    {
        const auto found = m_memo.find(place);
        if (found == m_memo.end())
            throw Error{"it names a value that isn't there"};
        m_stack.push_back(found->second);
    }

    void pushLong()
    {
        const auto length = static_cast<std::uint8_t>(take(1)[0]);
        if (length > 8)
            throw Error{"it holds a number of more than 64 bits"};
        const auto digits = take(length);
        std::uint64_t bits = length > 0 && static_cast<signed char>(digits.back()) < 0 ? ~std::uint64_t{0} : 0;
        std::memcpy(&bits, digits.data(), length);
        pushWhole(static_cast<std::int64_t>(bits));
    }

    void pushFloat()
    {
        std::uint64_t bits = 0;
        for (const char byte : take(8)) // the most significant first
            bits = bits << 8 | static_cast<unsigned char>(byte);
        push({.kind = Kind::Real, .real = std::bit_cast<double>(bits)});
    }

    void pushClass(const std::string &module, const std::string &name) { push({.kind = Kind::Class, .text = module + "." + name}); }

    /// False at the end.
    bool step(unsigned char opcode)
    {
        switch (opcode) {
        case kStop: return false;
        case kProtocol: take(1); break;
        case kFrame: take(8); break;
        case kMark: m_marks.push_back(m_stack.size()); break;
        case kPop: pop(); break;
        case kNone: push({}); break;
        case kTrue: push({.kind = Kind::Flag, .whole = 1}); break;
        case kFalse: push({.kind = Kind::Flag}); break;
        case kInt1: pushWhole(static_cast<unsigned char>(take(1)[0])); break;
        case kInt2: pushWhole(number<std::uint16_t>()); break;
        case kInt4: pushWhole(number<std::int32_t>()); break;
        case kLong1: pushLong(); break;
        case kFloat: pushFloat(); break;
        case kText1: case kBytes1: pushText(number<std::uint8_t>()); break;
        case kText4: case kBytes4: pushText(number<std::uint32_t>()); break;
        case kText8: pushText(number<std::uint64_t>()); break;
        case kPut1: put(number<std::uint8_t>()); break;
        case kPut4: put(number<std::uint32_t>()); break;
        case kMemoize: put(static_cast<std::uint32_t>(m_memo.size())); break;
        case kGet1: get(number<std::uint8_t>()); break;
        case kGet4: get(number<std::uint32_t>()); break;
        default: stepContainer(opcode);
        }
        return true;
    }

    void stepContainer(unsigned char opcode)
    {
        switch (opcode) {
        case kGlobal: {
            const std::string module = line();
            pushClass(module, line());
            break;
        }
        case kStackGlobal: {
            const auto names = popMany(2);
            pushClass(m_pickle.at(names[0]).text, m_pickle.at(names[1]).text);
            break;
        }
        case kEmptyTuple: push({.kind = Kind::Tuple}); break;
        case kTuple1: push({.kind = Kind::Tuple, .items = popMany(1)}); break;
        case kTuple2: push({.kind = Kind::Tuple, .items = popMany(2)}); break;
        case kTuple3: push({.kind = Kind::Tuple, .items = popMany(3)}); break;
        case kTuple: push({.kind = Kind::Tuple, .items = popToMark()}); break;
        case kEmptyList: push({.kind = Kind::List}); break;
        case kEmptyDict: push({.kind = Kind::Dict}); break;
        case kAppend: addTo(Kind::List, popMany(1)); break;
        case kAppends: addTo(Kind::List, popToMark()); break;
        case kSetItem: addTo(Kind::Dict, popMany(2)); break;
        case kSetItems: addTo(Kind::Dict, popToMark()); break;
        case kReduce: case kNewObject: push({.kind = Kind::Call, .items = popMany(2)}); break;
        case kBuild: pop(); break; // attributes, such as a state_dict's _metadata
        case kPersistentId: push({.kind = Kind::Storage, .items = popMany(1)}); break;
        default: throw Error{"it holds opcode " + std::to_string(opcode) + ", which a state_dict has no use for"};
        }
    }

    std::string_view m_bytes;
    std::uint64_t m_at = 0;
    Pickle m_pickle;
    std::vector<std::size_t> m_stack;
    std::vector<std::size_t> m_marks; ///< heights of the stack
    std::map<std::uint32_t, std::size_t> m_memo;
};

} // namespace

Result<Pickle> readPickle(std::string_view bytes)
{
    try {
        return PickleMachine(bytes).run();
    } catch (const Error &error) {
        return error;
    }
}

} // namespace netloom
