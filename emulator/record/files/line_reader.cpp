#include "emulator/record/files/line_reader.hpp"

#include "emulator/source/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace understudy::record {
namespace {

using source::Problem;
using source::ProblemCode;

constexpr std::size_t kPiece = std::size_t{256} * 1024;

Problem to_problem(const std::string& file, int error) {
    return {error == ENOENT ? ProblemCode::not_found : ProblemCode::unreadable,
            "cannot read '" + file + "': " + std::generic_category().message(error)};
}

/// What editors put in front of a file is no part of its first line.
std::string_view without_mark_of(std::string_view line, std::uint32_t number) {
    return number == 1 ? source::without_byte_order_mark(line) : line;
}

/// So many bytes a file has; no end of them where it is none, or says nothing, as those of /proc.
std::uint64_t count_bytes(int descriptor) {
    constexpr std::uint64_t kNoEnd = ~std::uint64_t{0};
    struct stat facts {};
    const bool is_file = ::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0;
    const off_t at = is_file ? ::lseek(descriptor, 0, SEEK_CUR) : 0;
    return is_file ? static_cast<std::uint64_t>(std::max<off_t>(facts.st_size - at, 0)) : kNoEnd;
}

}  // namespace

LineReader::LineReader(int descriptor, std::string file)
    : descriptor_(descriptor), left_(count_bytes(descriptor)), file_(std::move(file)) {}

source::Result<LineReader> LineReader::open(const std::string& file) {
    const int descriptor = file == "-" ? ::dup(STDIN_FILENO) : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return to_problem(file, errno);
    return LineReader(descriptor, file);
}

LineReader::~LineReader() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

LineReader::LineReader(LineReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      left_(other.left_),
      file_(std::move(other.file_)),
      buffer_(std::move(other.buffer_)),
      begin_(other.begin_),
      end_(other.end_),
      number_(other.number_),
      ended_(other.ended_) {}

source::Result<void> LineReader::fill() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= std::exchange(begin_, 0);
    }
    if (buffer_.size() - end_ < kPiece) buffer_.resize(std::max(buffer_.size() * 2, 2 * kPiece));
    ssize_t count = 0;
    const std::size_t room = std::min<std::uint64_t>(buffer_.size() - end_, left_);
    do {
        count = ::read(descriptor_, buffer_.data() + end_, room);
    } while (count < 0 && errno == EINTR);
    if (count < 0) return to_problem(file_, errno);
    end_ += static_cast<std::size_t>(count);
    left_ -= static_cast<std::uint64_t>(count);
    ended_ = count == 0;
    return {};
}

source::Result<LineReader::Got> LineReader::next(std::string_view& line) {
    std::size_t looked = begin_;
    while (true) {
        const void* found = std::memchr(buffer_.data() + looked, '\n', end_ - looked);
        if (found != nullptr) {
            const auto length = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data()) - begin_;
            line = without_mark_of(std::string_view(buffer_).substr(begin_, length), ++number_);
            begin_ += length + 1;
            return Got::line;
        }
        if (ended_) break;
        const std::size_t waiting = end_ - begin_;
        if (const auto filled = fill(); !filled) return filled.error();
        looked = begin_ + waiting;
    }
    if (begin_ == end_) return Got::end;
    line = without_mark_of(std::string_view(buffer_).substr(begin_, end_ - begin_), ++number_);
    begin_ = end_;
    return Got::torn;
}

}  // namespace understudy::record
