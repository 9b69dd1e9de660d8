#include "tools/scenario/isolation.hpp"

#include "tools/scenario/resolve.hpp"

namespace understudy::scenario {

using source::Node;

bool needs_new_application(const v1::Step& step, Node node) {
    if (step.has_fault() || step.invoke().type() == v1::Invoke::event) return true;
    if (const auto expect = find_written(node, *v1::Step::descriptor(), "expect")) {
        const auto invocation = find_written(*expect, *v1::Expectation::descriptor(), "invocation");
        for (const auto* fact : {"init_type", "init_ms", "max_memory_mb"}) {
            if (invocation && find_written(*invocation, *v1::InvocationExpectation::descriptor(), fact)) return true;
        }
    }
    const auto together = find_written(node, *v1::Step::descriptor(), "parallel");
    for (int i = 0; i < step.parallel_size() && together; ++i) {
        if (needs_new_application(step.parallel(i), together->items()[static_cast<std::size_t>(i)])) return true;
    }
    return false;
}

}  // namespace understudy::scenario
