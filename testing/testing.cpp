#include <iostream>
#include <understudy/testing.hpp>

namespace understudy {

void FunctionTest::TearDown() {
    if (!HasFailure() || !function_) return;
    std::cerr << "the function's log:\n";
    for (const std::string& line : function_->logs()) std::cerr << "  " << line << '\n';
}

}  // namespace understudy
