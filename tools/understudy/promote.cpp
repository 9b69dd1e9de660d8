#include "tools/understudy/commands.hpp"

namespace understudy::cli {

int promote(const PromoteOptions&) {
    return 2;
}

}  // namespace understudy::cli
