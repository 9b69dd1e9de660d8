#include "emulator/event/finding.hpp"

#include <ostream>

namespace understudy::event {

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
    return out << finding.id << '(' << finding.subject << "): " << finding.text;
}

}  // namespace understudy::event
