// SPDX-License-Identifier: Apache-2.0
// Messages between the processes of a sweep by MPI: all that names it. A library of its own, which
// the program loads if mpirun started it.
#include <mpi.h>

#include "sweep/message_port.hpp"

namespace bezant::mpi {

namespace {

constexpr int tag = 0;

/// Errors of MPI end all processes, as is usual for it.
class OpenMpi final : public sweep::MessagePort {
public:
    OpenMpi() {
        MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
        MPI_Comm_size(MPI_COMM_WORLD, &size_);
    }
    ~OpenMpi() override { MPI_Finalize(); }
    OpenMpi(const OpenMpi&) = delete;
    OpenMpi& operator=(const OpenMpi&) = delete;

    [[nodiscard]] int rank() const override { return rank_; }
    [[nodiscard]] int size() const override { return size_; }

    void send(int to, ByteView message) override {
        MPI_Send(message.data(), static_cast<int>(message.size()), MPI_BYTE, to, tag,
                 MPI_COMM_WORLD);
    }

    [[nodiscard]] std::optional<sweep::ReceivedMessage> receive() override {
        int is_there = 0;
        MPI_Status status;
        MPI_Iprobe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &is_there, &status);
        if (is_there == 0) return std::nullopt;
        int count = 0;
        MPI_Get_count(&status, MPI_BYTE, &count);
        sweep::ReceivedMessage message{status.MPI_SOURCE, Bytes(static_cast<std::size_t>(count))};
        MPI_Recv(message.bytes.data(), count, MPI_BYTE, message.from, tag, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
        return message;
    }

private:
    int rank_ = 0;
    int size_ = 1;
};

}  // namespace

}  // namespace bezant::mpi

extern "C" bezant::sweep::MessagePort* bezant_open_message_port();
bezant::sweep::MessagePort* bezant_open_message_port() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
    return provided < MPI_THREAD_SERIALIZED ? nullptr : new bezant::mpi::OpenMpi;
}
