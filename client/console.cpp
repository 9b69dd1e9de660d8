#include "client/console.hpp"

namespace understudy::client {

std::optional<std::string> Console::ask(std::string_view question) const {
    if (interaction == Interaction::none) return std::nullopt;
    out << question << "> " << std::flush;
    std::string line;
    if (std::getline(in, line)) return line;
    out << "\n";
    return std::nullopt;
}

}  // namespace understudy::client
