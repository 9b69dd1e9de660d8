#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace understudy::source {

/// Why something the user gave us could not be used.
enum class ProblemCode : std::uint8_t {
    none,         ///< No problem; what a default-made `Problem` says.
    malformed,    ///< The text breaks the rules of its own format.
    invalid,      ///< Well formed, and not allowed here.
    unsupported,  ///< Right on AWS, and not emulated.
    not_found,    ///< A name, file or directory that does not exist.
    too_large,    ///< Over a documented limit.
    unreadable,   ///< The operating system refused to hand it out.
    busy,         ///< Somebody else is writing it: the same may go well a moment later.
    stopped,      ///< Nobody wants it any more.
    exhausted,    ///< The operating system has no file descriptor left.
};

/// A place in a text, counted as editors count: from 1, columns in characters. Line 0 means "no place".
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    friend bool operator==(const Position&, const Position&) = default;
};

/// An expected failure, as a value: what kind, what to tell the user, where in which text, and what may help.
/// Not an aggregate and default-constructible, as boost::system::result 1.81 needs.
class Problem {
  public:
    Problem() = default;
    Problem(ProblemCode code, std::string message) : code_(code), message_(std::move(message)) {}
    Problem(ProblemCode code, std::string message, std::string file, Position position)
        : code_(code), message_(std::move(message)), file_(std::move(file)), position_(position) {}

    ProblemCode code() const { return code_; }
    const std::string& message() const { return message_; }
    /// The text's name as the user gave it; empty where there is none.
    const std::string& file() const { return file_; }
    Position position() const { return position_; }
    /// How many characters from the position on are meant; 0 where that is not known.
    std::uint32_t extent() const { return extent_; }
    /// A short remedy, shown beside the caret: `did you mean 'fronts'?`. May be empty.
    const std::string& hint() const { return hint_; }
    /// One further line of explanation. May be empty.
    const std::string& note() const { return note_; }

    Problem with_extent(std::uint32_t characters) &&;
    Problem with_hint(std::string hint) &&;
    Problem with_note(std::string note) &&;

    friend bool operator==(const Problem&, const Problem&) = default;

  private:
    ProblemCode code_ = ProblemCode::none;
    std::string message_;
    std::string file_;
    Position position_;
    std::uint32_t extent_ = 0;
    std::string hint_;
    std::string note_;
};

/// `file:line:column`, without the parts that are missing.
std::string render_place(const Problem& problem);
/// `file:line:column: message (hint)`, without the parts that are missing.
std::string to_string(const Problem& problem);
std::ostream& operator<<(std::ostream& out, const Problem& problem);

/// All that is wrong with a text, one problem a place; where it is an error, it is not empty.
using Problems = std::vector<Problem>;

/// A value, or the problem that stood in its way.
template <class T>
using Result = boost::system::result<T, Problem>;

/// What `Result::value()` throws where there is no value: std::runtime_error with the problem's text.
[[noreturn]] void throw_exception_from_error(const Problem& problem, const boost::source_location& location);
[[noreturn]] void throw_exception_from_error(const Problems& problems, const boost::source_location& location);

}  // namespace understudy::source
