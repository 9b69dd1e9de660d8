#include "emulator/net/read_wait.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace understudy::net {

namespace detail = boost::asio::detail;

void ReadWait::start(TcpSocket& socket, Known known, std::shared_ptr<ReadObserver> observer) {
    self_ = shared_from_this();
    observer_ = std::move(observer);
    ec_ = {};
    auto& implementation = socket.impl_.get_implementation();
    starting_ = true;
    // "Speculative" makes Asio try the operation, which then says that it is not done, instead of asking the kernel.
    socket.reactor_.start_op(detail::reactor::read_op, implementation.socket_, implementation.reactor_data_, this,
                             false, known == Known::drained);
    starting_ = false;
}

void ReadWait::start_ready(TcpSocket& socket, std::shared_ptr<ReadObserver> observer) {
    self_ = shared_from_this();
    observer_ = std::move(observer);
    boost::asio::post(socket.get_executor(), [self = self_] {
        self->self_.reset();
        if (const auto told = std::move(self->observer_)) told->on_readable();
    });
}

detail::reactor_op::status ReadWait::perform_wait(reactor_op* base) {
    return static_cast<ReadWait*>(base)->starting_ ? not_done : done;
}

void ReadWait::complete_wait(void* owner, detail::operation* base, const boost::system::error_code&, std::size_t) {
    auto* const wait = static_cast<ReadWait*>(base);
    const auto self = std::move(wait->self_);
    const auto observer = std::move(wait->observer_);
    if (owner != nullptr && observer != nullptr) observer->on_readable();
}

}  // namespace understudy::net
