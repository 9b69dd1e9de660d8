#pragma once

#include "emulator/source/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::record {

/// The lines of a file of any length, one after the other, in the memory of the longest. What is added to a file while
/// it is read is not read: whoever replays a recording may be writing it.
/// Tested by: RecordingReader.WhatIsAddedToAFileWhileItIsReadIsNotRead
class LineReader {
  public:
    /// `-` is standard input. Errors: not_found, unreadable.
    static source::Result<LineReader> open(const std::string& file);
    ~LineReader();
    LineReader(LineReader&& other) noexcept;
    LineReader& operator=(LineReader&&) = delete;

    enum class Got : std::uint8_t {
        line,
        torn,  ///< What follows the last LF; then the end.
        end,
    };
    /// The next line, without its LF; it lives until the next call. Errors: unreadable.
    source::Result<Got> next(std::string_view& line);

    /// The number of the line that was got last, from 1.
    std::uint32_t number() const { return number_; }

  private:
    LineReader(int descriptor, std::string file);
    source::Result<void> fill();

    int descriptor_;
    std::uint64_t left_;  ///< Bytes that are still to be read.
    std::string file_;
    std::string buffer_;
    std::size_t begin_ = 0;  ///< Of what was not given out.
    std::size_t end_ = 0;    ///< Of what was read.
    std::uint32_t number_ = 0;
    bool ended_ = false;
};

}  // namespace understudy::record
