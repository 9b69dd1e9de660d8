#include "emulator/process/lines.hpp"

#include <utility>

namespace understudy::process {

void Lines::add(std::string_view bytes, const OnLine& on_line) {
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
        const std::string_view rest = bytes.substr(0, end);
        bytes.remove_prefix(end + 1);
        if (unfinished_.empty() && rest.size() <= kLongestLine) {
            on_line(rest);  // Nearly every line: handed out where it lies.
        } else {
            keep(rest, on_line);
            end_line(on_line);
        }
    }
    keep(bytes, on_line);
}

void Lines::finish(const OnLine& on_line) {
    if (!unfinished_.empty()) end_line(on_line);
}

void Lines::keep(std::string_view bytes, const OnLine& on_line) {
    while (unfinished_.size() + bytes.size() > kLongestLine) {
        const std::size_t fitting = kLongestLine - unfinished_.size();
        unfinished_ += bytes.substr(0, fitting);
        bytes.remove_prefix(fitting);
        end_line(on_line);
    }
    unfinished_ += bytes;
}

void Lines::end_line(const OnLine& on_line) {
    // Moved out, so that an idle child with one long line behind it holds no memory.
    const std::string line = std::exchange(unfinished_, {});
    on_line(line);
}

}  // namespace understudy::process
