#include "tools/replay/line_of.hpp"

#include "emulator/record/files/line_reader.hpp"

namespace understudy::replay {
namespace {

constexpr std::size_t kLongest = 1 << 20;

}  // namespace

std::string read_line_of(const source::Problem& problem) {
    const std::uint32_t number = problem.position().line;
    if (number == 0 || problem.file().empty()) return {};
    auto lines = record::LineReader::open(problem.file());
    if (!lines) return {};
    std::string_view line;
    while (lines->number() < number) {
        const auto got = lines->next(line);
        if (!got || *got == record::LineReader::Got::end) return {};
    }
    return line.size() > kLongest ? std::string() : std::string(number - 1, '\n') + std::string(line);
}

}  // namespace understudy::replay
